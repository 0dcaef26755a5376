"""What study contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import Feature, GroupJob, PollHooks
from domain.ids import PromptId
from domain.missing import Missing
from domain.study import running_low
from domain.study.asking.daily import ANSWERED
from domain.study.day.prompting import post
from domain.study.missing import find
from domain.study.reporting import EXPORT, SECTION
from domain.study.study import READ, answer, current_prompt
from domain.study.today import tell
from domain.today import Today

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Subject
    from domain.study.features import Stores


def _voted(stores: Stores, quiz: Subject, member: MemberId, options: Sequence[int], at: datetime) -> None:
    if options:
        answer(stores, prompt_id=PromptId(quiz.ids[0]), by=member, choice=options[0], at=at)


def _daily(stores: Stores, group: Chat, slot: datetime) -> None:
    post(stores, group, slot)
    running_low.tell(stores, group, slot)


DAILY = Schedule("study.prompt", cron="30 8 * * *", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
FEATURE = Feature(
    "study",
    jobs=(GroupJob(DAILY, _daily),),
    polls=PollHooks("quiz", _voted),
    today=(Today(30, tell),),
    missing=Missing(20, find),
    events=(READ, ANSWERED),
    section=SECTION,
    export=EXPORT,
    current={"study": current_prompt},
)
