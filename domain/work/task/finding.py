"""Finds a task that somebody may know of; what other groups do is not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.work.task.model import TaskNotFound, TaskWithdrawn

if TYPE_CHECKING:
    from domain.ids import ChatId, MemberId, TaskId
    from domain.refusal import Refusal
    from domain.work.features import Stores


def missing(stores: Stores, number: TaskId, *, group: ChatId) -> Refusal:
    """Why a group has no task of that number: it was withdrawn there, or never was one."""
    task = stores.amendments.withdrawn(number)
    return TaskNotFound(number=number) if task is None or task.group != group else TaskWithdrawn(task=task)


def missing_to(stores: Stores, number: TaskId, member: MemberId) -> Refusal:
    """The same for somebody who may be in the group that it belongs to."""
    task = stores.amendments.withdrawn(number)
    knows = task is not None and (task.owner.id == member or stores.members.is_in(task.group, member))
    return TaskWithdrawn(task=task) if knows else TaskNotFound(number=number)
