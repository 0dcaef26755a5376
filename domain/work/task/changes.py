"""What was changed about tasks, as their card shows it and their owners are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.ids import MemberId
from domain.work.task.history import Happening, TaskEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.ids import TaskId
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Plan, Task

SHOWN = (Happening.POSTPONED, Happening.REASSIGNED, Happening.CHANGED, Happening.WITHDRAWN)
A_FEW = 6  # changes that a message shows
MEMBER = "member:"  # how the history names who had a task before


class Part(StrEnum):
    """A part of a plan that an edit has changed."""

    TITLE = "title"
    STANDARD = "standard"
    OUTCOME = "outcome"
    RESOURCES = "resources"


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed, by whom and when; `task` is the first of the `tasks` of which it is true.

    What was before: the deadline `due_at`, who had it (`owner`), the `words` of a `part` of the plan. With a deadline
    `words` are the reason, if one was given.
    """

    what: Happening
    task: TaskId
    by: Member | None
    at: datetime
    tasks: int = 1
    due_at: datetime | None = None
    owner: Member | None = None
    part: Part | None = None
    words: str = ""


def postponed(task: Task, by: MemberId | None, at: datetime, reason: str = "") -> TaskEvent:
    """The line of the history for another deadline; the task is as it was before."""
    return TaskEvent(task.id, Happening.POSTPONED, by, at, f"{task.due_at.isoformat()} {reason}".strip())


def reworded(task: Task, plan: Plan, by: MemberId | None, at: datetime) -> list[TaskEvent]:
    """The lines of the history for other words, one for each part that differs; the task is as it was before."""
    return [
        TaskEvent(task.id, Happening.CHANGED, by, at, f"{part} {getattr(task.plan, part)}".strip())
        for part in Part
        if getattr(task.plan, part) != getattr(plan, part)
    ]


def read(stores: Stores, event: TaskEvent, tasks: int = 1) -> Change:
    """A line of a task's history, with what was before."""
    by = None if event.by is None else stores.members.look_up(event.by)
    first, _, rest = event.note.partition(" ")
    known = Change(event.what, event.task, by, event.at, tasks, words=event.note)
    if event.what is Happening.POSTPONED:
        return Change(event.what, event.task, by, event.at, tasks, due_at=_moment(first), words=rest)
    if event.what is Happening.REASSIGNED:
        owner = stores.members.look_up(MemberId(int(first.removeprefix(MEMBER)))) if first else None
        return Change(event.what, event.task, by, event.at, tasks, owner=owner)
    if event.what is Happening.CHANGED:
        return Change(event.what, event.task, by, event.at, tasks, part=Part(first), words=rest)
    return known


def _moment(kept: str) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


def distinct(stores: Stores, events: Iterable[TaskEvent]) -> list[Change]:
    """Lines of the history as changes; those that are alike for several tasks are one."""
    counted: dict[tuple[Happening, str], list[TaskEvent]] = {}
    for event in events:
        counted.setdefault((event.what, event.note), []).append(event)
    return [read(stores, alike[0], len(alike)) for alike in counted.values()][:A_FEW]


def latest(stores: Stores, batch: TaskId) -> Sequence[Change]:
    """What was last changed about the tasks of a command: all that one person did at one moment."""
    return [read(stores, event, tasks) for event, tasks in stores.amendments.latest(batch)]
