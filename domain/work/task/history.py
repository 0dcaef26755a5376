"""What has happened to tasks, and what they serve."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId, TaskId


class LinkKind(StrEnum):
    """What a task serves."""

    GOAL = "goal"
    STEP = "step"  # of a run of a procedure
    DUTY = "duty"  # an entry of a responsibility list
    MEETING = "meeting"
    SUGGESTION = "suggestion"
    FINDING = "finding"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Link:
    """What the tasks of a command serve: a goal, a step of a procedure, a meeting, …, by its number."""

    kind: LinkKind
    number: int


class Happening(StrEnum):
    """What happens to a task, as its history keeps it."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    REOPENED = "reopened"  # 完成 was taken back
    WITHDRAWN = "withdrawn"
    POSTPONED = "postponed"
    REASSIGNED = "reassigned"
    CHANGED = "changed"  # its words
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One line of a task's history. `by` is nobody where the clock did it; `note` is a reason, or what was before."""

    task: TaskId
    what: Happening
    by: MemberId | None
    at: datetime
    note: str = ""
