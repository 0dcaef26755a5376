"""The tasks that follow from a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import TaskId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.voice.features import Stores
    from domain.voice.questionnaire.round import Round
    from domain.work.task import Task


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A command's tasks that follow from a round; `done` once all of them are."""

    task: Task
    done: bool


def follow_ups(stores: Stores, one: Round) -> list[FollowUp]:
    """What follows from a round; a command counts once, and what was withdrawn not at all."""
    found: dict[TaskId, list[Task]] = {}
    for source in stores.results.links(one.id):
        for task in _tasks(stores, source):
            found.setdefault(task.batch, []).append(task)
    return [FollowUp(some[0], all(task.done_at is not None for task in some)) for some in found.values()]


def _tasks(stores: Stores, source: str) -> Sequence[Task]:
    kind, _, number = source.partition(":")
    if kind != "task":
        return stores.tasks.given_by(source)
    task = stores.tasks.get(TaskId(int(number)))
    return [] if task is None else stores.tasks.batch(task.batch)
