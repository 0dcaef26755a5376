"""Tasks that follow from something else than a command: a rhythm, a step of a procedure, a decision."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.work.task.history import Happening, TaskEvent
from domain.work.task.model import Task
from domain.work.task.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.history import Link
    from domain.work.task.model import Plan


@dataclass(frozen=True, slots=True)
class Order:
    """Tasks to be given, and what they serve. `source` is unique: an order that was carried out gives nothing again."""

    group: Chat
    owners: Sequence[Member]
    giver: Member
    plan: Plan
    due_at: datetime
    source: str
    reviewer: MemberId | None = None
    branch: BranchId | None = None
    together: bool = False
    links: Sequence[Link] = ()
    helpers: Sequence[MemberId] = ()


def assign(stores: Stores, order: Order, at: datetime, *, heard_at: datetime | None = None) -> list[Task]:
    """Carry out an order and return its tasks, those given earlier where it was carried out before.

    Nobody is told: the caller sends the card (`shown_card`) where it should stand. `at` is when it was said, `heard_at`
    when the program got to it. Permission is asked by the caller.
    """
    earlier = stores.tasks.given_by(order.source)
    if earlier:
        return earlier
    now, group, number = heard_at or at, order.group, TaskId(0)
    first = Task(
        number,
        number,
        group.id,
        order.owners[0],
        order.giver,
        order.plan,
        order.due_at,
        at,
        reviewer=order.reviewer,
        branch=order.branch,
        together=order.together,
    )
    first = rules_of(stores, group).planned(first, now)
    tasks = stores.tasks.add_batch([replace(first, owner=owner) for owner in order.owners], order.source)
    stores.evidence.add_helpers(tasks[0].batch, order.helpers)
    for link in order.links:
        stores.tasks.link(tasks[0].batch, link)
    stores.tasks.note(*(TaskEvent(task.id, Happening.GIVEN, order.giver.id, at) for task in tasks))
    for task in tasks:
        stores.hooks.changed(task.owner.id, f"given:{task.id}", now)
    return tasks
