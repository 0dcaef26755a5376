"""What sets of questions contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature, GroupJob
from domain.ids import QuestionSetId
from domain.study.menu import StudyEntry
from domain.study.sets.challenge import CHALLENGE_DONE
from domain.study.sets.service import GIVEN_OUT, SET_DONE, close, post_weekly
from domain.study.sets.today import menu, tell
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.study.features import Stores


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.attempts.take_over(awaited, known)
        stores.sheets.drop(awaited)
        stores.sets.pass_on(awaited, known)
        stores.challenges.take_over(awaited, known)


def _left(stores: Stores, member: MemberId, _: MemberId | None, __: datetime) -> None:
    """Nobody waits for their answers any more; what they have answered stays."""
    stores.sheets.drop(member)


def _called(stores: Stores, number: int) -> str | None:
    one = stores.sets.get(QuestionSetId(number))
    return None if one is None else one.title or None


WEEKLY = Schedule("quiz.weekly", cron="0 12 * * 1", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
CLOSE = Schedule("quiz.close", cron="0 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "asking",
    jobs=(GroupJob(WEEKLY, post_weekly), EnterpriseJob(CLOSE, close, irreversible=True)),
    today=(Today(32, tell),),
    study_menu=(StudyEntry(20, menu),),
    events=(SET_DONE, CHALLENGE_DONE),
    audit=(GIVEN_OUT,),
    named={"question_set": _called},
    merged=_merged,
    left=_left,
)
