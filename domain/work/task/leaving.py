"""Open tasks of people who have left: those in charge see them, and reassign or withdraw each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.messaging import administrators
from domain.messaging.message import Action, Button, Message, Subject
from domain.people import naming
from domain.people.permission import Permission, require
from domain.work.task.finding import missing
from domain.work.task.handing import check_other, reassign_to, withdraw_all
from domain.work.task.model import AlreadyDone, SameOwner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ChatId, MemberId, TaskId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Buttons
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.task.model import Task

SHOWN = 8  # tasks of one message
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A task that was taken back: nobody has to do it any more."""

    task: Task


@dataclass(frozen=True, slots=True)
class Reassigned:
    """A task that was given to somebody else; `before` had it until now."""

    task: Task
    before: Member


def left_enterprise(stores: Stores, member: MemberId, _: MemberId | None, at: datetime) -> None:
    """Somebody has left by the roster. Tell those in charge of each group in which they have open tasks."""
    groups = dict.fromkeys(task.group for task in stores.tasks.open_of(member, LOOKED_AT))
    for group in groups:
        left_group(stores, group, member, at)


def left_group(stores: Stores, group_id: ChatId, member: MemberId, at: datetime) -> None:
    """Somebody has left a group. Tell those in charge of their open tasks there, by one message each."""
    group, tasks = stores.chats.get(group_id), _open(stores, group_id, member)
    if not tasks or not group.active or not group.is_admitted:
        return
    about = _subject(group_id, member)
    stores.outbox.delete(about, key=f"{about}:{at.timestamp()}:before")
    for chat in _in_charge(stores, group, tasks):
        key = f"{about}:{at.timestamp()}:{chat}"
        stores.outbox.send(chat, _message(group, tasks, at), key=key)


def _open(stores: Stores, group: ChatId, member: MemberId) -> list[Task]:
    return [task for task in stores.tasks.open_of(member, LOOKED_AT) if task.group == group]


def _subject(group: ChatId, member: MemberId) -> Subject:
    return Subject("task_leaver", group, member)


def _message(group: Chat, tasks: Sequence[Task], at: datetime) -> Message:
    owner, more = tasks[0].owner, len(tasks[SHOWN:])
    values = {"owner": owner, "group": group, "tasks": tasks[:SHOWN], "more": more, "at": at}
    rows: Buttons = [
        [
            Button("task.reassign_button", Action("task.reassign", task.id), {"task": task}),
            Button("task.withdraw_button", Action("task.withdraw", task.id), {"task": task}),
        ]
        for task in tasks[:SHOWN]
    ]
    return Message("task.leaver", values, rows, _subject(group.id, owner.id), silent=True)


def _in_charge(stores: Stores, group: Chat, tasks: Sequence[Task]) -> list[ChatId]:
    """The chats to tell: of the secretaries in private, else of the givers, else of administrators, else the group."""
    leaver = tasks[0].owner.id
    for people in (administrators.secretaries(stores, group), [task.giver for task in tasks]):
        chats = [one.private for one in people if one.private is not None and one.id != leaver]
        if chats:
            return list(dict.fromkeys(chats))
    others = [chat for who, chat in administrators.private_chats(stores) if who != leaver]
    return others or [group.id]


def withdraw(stores: Stores, actor: Actor, *, number: TaskId) -> Withdrawn:
    """Withdraw an open task of the group. Raises TaskNotFound, TaskWithdrawn, AlreadyDone."""
    require(stores, actor, Permission.GIVE_TASKS)
    task = _open_here(stores, actor, number)
    withdraw_all(stores, actor, [task])
    _refresh(stores, actor, task)
    return Withdrawn(task)


def movable(stores: Stores, actor: Actor, *, number: TaskId) -> Task:
    """An open task of the group that may be given to somebody else. Raises TaskNotFound, AlreadyDone."""
    require(stores, actor, Permission.GIVE_TASKS)
    return _open_here(stores, actor, number)


def reassign(stores: Stores, actor: Actor, *, number: TaskId, to: Sequence[Wanted]) -> Reassigned:
    """Give an open task of the group to somebody else. Of several names only the first counts.

    Raises TaskNotFound, AlreadyDone, SameOwner, OwnerToo, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    task = _open_here(stores, actor, number)
    found = naming.meant(stores, to[:1], actor.group, actor.heard_at)
    owner = naming.accounts(stores, found.people[:1], actor.heard_at)[0]
    if found.whole:
        raise SameOwner(task=task)
    check_other(stores, task, owner)
    changed = reassign_to(stores, actor, task, owner)
    _refresh(stores, actor, task)
    return Reassigned(changed, task.owner)


def _open_here(stores: Stores, actor: Actor, number: TaskId) -> Task:
    """An open task of the group. Raises TaskNotFound, TaskWithdrawn, AlreadyDone."""
    task = stores.tasks.get(number)
    if task is None or task.group != actor.group.id:
        raise missing(stores, number, group=actor.group.id)  # other groups' tasks are not shown
    if task.done_at is not None:
        raise AlreadyDone(task=task)
    return task


def _refresh(stores: Stores, actor: Actor, task: Task) -> None:
    """Update the message about a leaver's tasks: it shows those that are left."""
    about, left = _subject(task.group, task.owner.id), _open(stores, task.group, task.owner.id)
    message = (
        _message(actor.group, left, actor.heard_at) if left else Message("task.leaver_over", {"owner": task.owner})
    )
    stores.outbox.edit(about, message, key=f"{about}:{task.id}:{actor.heard_at.timestamp()}")
