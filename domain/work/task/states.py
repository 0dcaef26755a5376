"""How a task moves from state to state. Every change of a task's state is one of these."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.work.task.model import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.work.task.history import Happening, TaskEvent
    from domain.work.task.model import Grade, Task

BEGUN = frozenset({State.GIVEN, State.ACCEPTED, State.RETURNED})  # its owner is at it
NEW, WAITING = frozenset({State.GIVEN}), frozenset({State.SUBMITTED})
ENDED = frozenset({State.SUBMITTED, State.DONE})  # its owner has said that it is ready
NEXT: Mapping[State, frozenset[State]] = {
    State.GIVEN: frozenset({State.ACCEPTED, State.SUBMITTED, State.DONE, State.WITHDRAWN}),
    State.ACCEPTED: frozenset({State.SUBMITTED, State.DONE, State.WITHDRAWN}),
    State.SUBMITTED: frozenset({*BEGUN, State.DONE, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.SUBMITTED, State.DONE, State.WITHDRAWN}),
    State.DONE: BEGUN,  # 完成 was taken back
    State.WITHDRAWN: frozenset(),
}


class WrongMoveError(ValueError):
    """A move that a task in its state cannot make: the caller has not asked first."""


def _moved(task: Task, to: State, *, only: frozenset[State]) -> Task:
    """Raises WrongMoveError for a task that is in none of these states, or cannot go there."""
    if task.state not in only or to not in NEXT[task.state]:
        raise WrongMoveError(f"task {task.id} from {task.state} to {to}")
    return replace(task, state=to)


def accepted(task: Task) -> Task:
    """Its owner has said that they do it. Raises WrongMoveError."""
    return _moved(task, State.ACCEPTED, only=NEW)


def submitted(task: Task, at: datetime) -> Task:
    """Its result waits for the reviewer; its owner is reminded no more. Raises WrongMoveError."""
    moved = _moved(task, State.SUBMITTED, only=BEGUN)
    return replace(moved, submitted_at=max(at, task.given_at), reminder=None, remind_at=None)


def returned(task: Task) -> Task:
    """Its result does not meet the standard yet. Raises WrongMoveError."""
    return _moved(task, State.RETURNED, only=WAITING)


def approved(task: Task, grade: Grade, at: datetime) -> Task:
    """Its reviewer accepts the result. Raises WrongMoveError."""
    moved = _moved(task, State.DONE, only=WAITING)
    return replace(moved, grade=grade, done_at=max(at, task.submitted_at or task.given_at))


def reopened(task: Task, before: State) -> Task:
    """As it was before its owner finished or submitted it. Raises WrongMoveError."""
    moved = _moved(task, before, only=ENDED if before in BEGUN else frozenset())
    return replace(moved, done_at=None, submitted_at=None, grade=None)


def before_end(events: Sequence[TaskEvent], states: Mapping[Happening, State]) -> State:
    """The state before the last 完成 that was pressed, by the history; `states` says what brought a task where."""
    begun = [states[one.what] for one in events if one.what in states]
    return begun[-1] if begun else State.GIVEN
