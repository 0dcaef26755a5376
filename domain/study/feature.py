"""What study contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import Feature, GroupJob, Offer, PollHooks
from domain.ids import PromptId
from domain.study.reporting import EXPORT, SECTION
from domain.study.study import ANSWERED_RIGHT, READ, answer, post

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.message import Subject
    from domain.people.actor import Actor
    from domain.study.features import Stores


def _voted(stores: Stores, quiz: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
    if options:
        answer(stores, prompt_id=PromptId(quiz.ids[0]), by=member, choice=options[0], at=at)


def _waits(stores: Stores, actor: Actor) -> int:
    """Whoever is at home in a group has something to study."""
    return int(stores.members.home(actor.member.id) is not None)


DAILY = Schedule("study.prompt", cron="30 8 * * *", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
FEATURE = Feature(
    "study",
    jobs=(GroupJob(DAILY, post),),
    polls=PollHooks("quiz", _voted),
    offers=(Offer("study", 70, _waits),),
    rules=(READ, ANSWERED_RIGHT),
    section=SECTION,
    export=EXPORT,
)
