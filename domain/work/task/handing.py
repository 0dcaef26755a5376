"""What befalls single tasks: they are withdrawn, become somebody else's, or are given to one more person.

Permission is asked by the callers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import TaskId
from domain.messaging.message import Message
from domain.refusal import Refusal
from domain.work.task.cards import card, refresh_cards
from domain.work.task.changes import MEMBER
from domain.work.task.extension import over
from domain.work.task.history import Happening, TaskEvent
from domain.work.task.model import SameOwner, State
from domain.work.task.reviewing import refresh_inboxes
from domain.work.task.rules import replanned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Task

TASK_WITHDRAWN = AuditAction("task.withdrawn")
TASK_REASSIGNED = AuditAction("task.reassigned")


class OwnerToo(Refusal):
    """One owner's task was to be given to somebody who was given the same task by the same command."""

    text = "amending.owner_too"


def check_other(stores: Stores, task: Task, owner: Member) -> None:
    """Whether a task can become somebody's. Raises SameOwner, OwnerToo."""
    if owner.id == task.owner.id:
        raise SameOwner(task=task)
    other = next(iter(stores.tasks.own_in(task.batch, owner.id)), None)
    if other is not None:
        raise OwnerToo(task=other)


def withdraw_all(stores: Stores, actor: Actor, tasks: Sequence[Task]) -> None:
    """Withdraw open tasks of one command, at least one; their owners are told quietly, in private alone."""
    for task in tasks:
        stores.tasks.withdraw(task.id, actor.heard_at)
        _note(stores, actor, task, None)
    refresh_cards(stores, tasks, actor.heard_at)
    if not stores.tasks.batch(tasks[0].batch):
        over = Message("task.withdrawn_card", {"task": tasks[0]})
        stores.outbox.edit(card(tasks[0]), over, key=f"task.over:{tasks[0].id}")
    for task in tasks:
        _tell_quietly(stores, actor, task, Message("amending.withdrawn_told", {"task": task}), "withdrawn")
        stores.hooks.changed(task.owner.id, f"withdrawn:{task.id}", actor.heard_at)
        stores.hooks.task_ended(task, actor.heard_at)


def reassign_to(stores: Stores, actor: Actor, task: Task, owner: Member) -> Task:
    """Make an open task somebody else's: they begin anew. The new owner is told, the one before quietly."""
    stores.tasks.reassign(task.id, owner.id)
    fresh = replace(task, owner=owner, state=State.GIVEN, submitted_at=None, reviewer=_reviewer(task, owner))
    changed = replanned(stores, fresh, actor.heard_at)
    stores.tasks.save(changed)
    _note(stores, actor, task, owner)
    over(stores, task, actor.heard_at)
    _tell_owner(stores, actor, changed, task.owner)
    _tell_quietly(stores, actor, task, Message("amending.handed_told", {"task": changed}), "handed_on")
    refresh_cards(stores, [task], actor.heard_at)
    refresh_inboxes(stores, [task], "handed", actor.heard_at)
    for one in (task.owner, owner):
        stores.hooks.changed(one.id, f"reassigned:{task.id}:{actor.heard_at.timestamp()}", actor.heard_at)
    return changed


def give_also(stores: Stores, actor: Actor, like: Task, owner: Member) -> Task:
    """Give somebody a task like one of a command, as one more of its tasks; they are told."""
    fresh = replace(
        like,
        id=TaskId(0),
        owner=owner,
        given_at=actor.now,
        done_at=None,
        listed_at=None,
        listed=None,
        state=State.GIVEN,
        submitted_at=None,
        grade=None,
    )
    made = replanned(stores, fresh, actor.heard_at)
    task = stores.tasks.add(made, stores.amendments.source(like.batch))
    stores.tasks.note(TaskEvent(task.id, Happening.GIVEN, actor.member.id, actor.heard_at))
    _tell_owner(stores, actor, task, None)
    stores.outbox.refresh(card(task), key=f"task.redraw:{task.id}:given")
    stores.hooks.changed(owner.id, f"given:{task.id}", actor.heard_at)
    return task


def _reviewer(task: Task, owner: Member) -> MemberId | None:
    """Who reviews it then: nobody reviews what is their own, and so the giver does in place of a new owner."""
    if task.reviewer != owner.id:
        return task.reviewer
    return task.giver.id if task.giver.is_person and task.giver.id != owner.id else None


def _tell_owner(stores: Stores, actor: Actor, task: Task, before: Member | None) -> None:
    """Tell a new owner, in private where possible; nobody is told that they gave it to themselves."""
    if task.owner.id == actor.member.id:
        return
    values = {"task": task, "before": before, "at": actor.heard_at}
    message = Message("task.handed", values, sounds=True)
    key = f"task.handed:{task.id}:{actor.heard_at.timestamp()}"
    stores.outbox.send(task.owner.private or task.group, message, key=key)


def _tell_quietly(stores: Stores, actor: Actor, task: Task, message: Message, what: str) -> None:
    """Tell an owner in private that a task is theirs no more, unless they did it themselves or have left the group."""
    owner = task.owner
    if owner.private is None or owner.id == actor.member.id or not stores.members.is_in(task.group, owner.id):
        return
    key = f"task.{what}:{task.id}:{actor.heard_at.timestamp()}"
    stores.outbox.send(owner.private, replace(message, silent=True), key=key)


def _note(stores: Stores, actor: Actor, task: Task, owner: Member | None) -> None:
    action = TASK_WITHDRAWN if owner is None else TASK_REASSIGNED
    now = None if owner is None else f"{MEMBER}{owner.id}"
    was = f"{MEMBER}{task.owner.id}"
    stores.audit.note(actor.member.id, action, f"task:{task.id}", old=was, new=now, at=actor.heard_at)
    what = Happening.WITHDRAWN if owner is None else Happening.REASSIGNED
    stores.tasks.note(TaskEvent(task.id, what, actor.member.id, actor.heard_at, was if owner else ""))
