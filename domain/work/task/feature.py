"""What tasks contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import TaskId
from domain.missing import Missing
from domain.today import Today
from domain.work.task.cards import current_card
from domain.work.task.handing import TASK_REASSIGNED, TASK_WITHDRAWN
from domain.work.task.leaving import left_enterprise, left_group
from domain.work.task.missing import find
from domain.work.task.reminding import remind
from domain.work.task.reporting import EXPORT, SECTION
from domain.work.task.review import ended, reviewer_left
from domain.work.task.reviewing import tell_today
from domain.work.task.today import tell
from domain.work.task.upcoming import UPCOMING
from domain.work.task.worth import DONE

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.work.features import Stores

# To the minute; quiet hours are part of each task's own plan.
REMINDING = Schedule("task.remind", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.tasks.hand_over(awaited, known)
    if awaited != known:
        stores.evidence.hand_over(awaited, known)


def _left(stores: Stores, member: MemberId, by: MemberId | None, at: datetime) -> None:
    left_enterprise(stores, member, by, at)
    reviewer_left(stores, member, at)


def _departed(stores: Stores, group: ChatId, member: MemberId, at: datetime) -> None:
    left_group(stores, group, member, at)
    reviewer_left(stores, member, at)


def _called(stores: Stores, number: int) -> str | None:
    return stores.tasks.title(TaskId(number))


FEATURE = Feature(
    "task",
    jobs=(EnterpriseJob(REMINDING, remind, irreversible=True),),
    merged=_merged,
    left=_left,
    departed=_departed,
    task_ended=ended,
    today=(Today(19, tell_today), Today(20, tell)),
    upcoming=(UPCOMING,),
    missing=Missing(10, find),
    events=(DONE,),
    section=SECTION,
    export=EXPORT,
    current={"tasks": current_card},
    named={"task": _called},
    audit=(TASK_WITHDRAWN, TASK_REASSIGNED),
)
