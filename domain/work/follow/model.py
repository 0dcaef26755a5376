"""Follow-up (督办): overdue tasks that were reported to the next level, and what it has said about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId, TaskId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.work.task.history import TaskEvent
    from domain.work.task.model import Task

FOLLOW_MEASURED = AuditAction("follow.measured")
FOLLOW_CLOSED = AuditAction("follow.closed")
MAX_MEASURE_CHARS = 500


class FollowUpNotFound(Refusal):
    """No follow-up of a task with that number, or it is not theirs to see."""

    text = "follow.not_found"


class FollowUpOver(Refusal):
    """The task is done, or somebody has ended its follow-up."""

    text = "follow.over"


class NoMeasure(Refusal):
    """No words for a measure, or too many."""

    text = "follow.no_measure"


class Level(StrEnum):
    """To whom an overdue task is reported."""

    GIVER = "giver"
    SECRETARY = "secretary"
    ABOVE = "above"  # the secretary of a branch above that of the group
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How far a task has been reported for being late on the deadline `due_at`; `step` is how often.

    `warned_on` is the day on which its owner was told that it goes on to `next_level`, where that is still to come.
    `measure` is what a superior has said is to be done.
    """

    task: TaskId
    due_at: datetime
    step: int = 0
    level: Level | None = None
    escalated_at: datetime | None = None
    warned_on: date | None = None
    next_level: Level | None = None
    measure: str = ""
    measured_by: MemberId | None = None
    measured_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """A task and its follow-up; there is none before its owner is first warned."""

    task: Task
    follow_up: FollowUp | None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: a reported task, its group, how many workdays it is late, and how far it was reported."""

    task: Task
    group: Chat
    late: int
    level: Level
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is followed up; `more` lines are not listed."""

    items: Sequence[Item]
    more: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """All about one follow-up. `reports` are when it went to which level; `may_act`: whether who asks may change it."""

    item: Item
    follow_up: FollowUp
    reports: Sequence[TaskEvent]
    measured_by: Member | None
    at: datetime
    may_act: bool = False


class FollowUps(Protocol):
    """Follow-ups in the store."""

    def candidates(self, until: datetime) -> list[Followed]:
        """Open tasks in hand that speak in digests and were due before a moment, by group; without ended follow-ups."""

    def warned(self, tasks: Collection[TaskId]) -> Mapping[TaskId, FollowUp]:
        """Those of some tasks whose owners were told that they go on."""

    def put(self, follow_ups: Sequence[FollowUp]) -> None:
        """Remember follow-ups in place of earlier ones of the same tasks."""

    def get(self, task: TaskId) -> FollowUp | None:
        """The follow-up of a task."""

    def reported(self, limit: int) -> list[Followed]:
        """Open tasks that were reported and whose follow-up nobody has ended, by deadline."""


class HasFollowUps(Protocol):
    """Stores with this one among them."""

    @property
    def follow_ups(self) -> FollowUps:
        """See `FollowUps`."""


def check_measure(words: str) -> str:
    """A measure as it is kept. Raises NoMeasure."""
    found = plain.clean(words).strip()
    if not plain.line(found) or len(found) > MAX_MEASURE_CHARS:
        raise NoMeasure(most=MAX_MEASURE_CHARS)
    return found
