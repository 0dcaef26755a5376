"""What people do with follow-ups: see them, say what is to be done, end them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.messaging.message import Message
from domain.people.permission import Area, Permission, allows, allows_over, require
from domain.work.follow.escalating import late_days
from domain.work.follow.model import (
    FOLLOW_CLOSED,
    FOLLOW_MEASURED,
    Followed,
    FollowUpNotFound,
    FollowUpOver,
    Item,
    Listing,
    Shown,
    check_measure,
)
from domain.work.task.history import Happening
from domain.work.task.rules import Rulebook

if TYPE_CHECKING:
    from domain.ids import TaskId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Document
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.follow.model import FollowUp
    from domain.work.task.model import Task

LISTED, LOOKED_AT = 10, 500  # lines of a list; reported tasks that are looked at for it
SEE, ACT = Permission.SEE_SUMMARY, Permission.GIVE_TASKS


def listing(stores: Stores, actor: Actor) -> Listing:
    """What is followed up of all that one may see or has given."""
    require(stores, actor, SEE)
    return rest(stores, actor)


def rest(stores: Stores, actor: Actor) -> Listing:
    """The same, also for who has given tasks and holds no role any more."""
    require(stores, actor, Permission.TAKE_PART)
    book = Rulebook(stores)
    seen: dict[int, bool] = {}
    items: list[Item] = []
    for one in stores.follow_ups.reported(LOOKED_AT):
        number = one.task.group
        if number not in seen:
            seen[number] = _has(stores, actor, SEE, book.of(number).group)
        if (seen[number] or one.task.giver.id == actor.member.id) and _stands(one, actor):
            items.append(_item(one, book, actor))
    return Listing(items[:LISTED], len(items[LISTED:]), actor.heard_at)


def _stands(one: Followed, actor: Actor) -> bool:
    """Whether it is still about the task's deadline, and that has passed."""
    return one.follow_up is not None and one.follow_up.due_at == one.task.due_at < actor.heard_at


def _item(one: Followed, book: Rulebook, actor: Actor) -> Item:
    rules, kept = book.of(one.task.group), one.follow_up
    if kept is None or kept.level is None:
        raise FollowUpNotFound(number=one.task.id)
    late = late_days(one.task, rules.group.day(actor.heard_at), rules)
    return Item(book.lit([one.task])[0], rules.group, late, kept.level, kept.measure)


def _has(stores: Stores, actor: Actor, permission: Permission, group: Chat) -> bool:
    """Whether somebody has a permission over a group, by a role over it, its branch or what that is part of."""
    if actor.chat.id == group.id:
        return allows(stores, actor, permission)
    areas = [Area(group=group.id), *([Area(branch=group.branch)] if group.branch is not None else [])]
    return any(allows_over(stores, actor, permission, area) for area in areas)


def show(stores: Stores, actor: Actor, *, number: TaskId) -> Shown:
    """All about a follow-up, for who may see it or has given the task. Raises FollowUpNotFound, FollowUpOver."""
    require(stores, actor, Permission.TAKE_PART)
    task, kept = _found(stores, actor, number, SEE)
    item = _item(Followed(task, kept), Rulebook(stores), actor)
    reports = [one for one in stores.tasks.history(number) if one.what is Happening.ESCALATED]
    by = None if kept.measured_by is None else stores.members.get(kept.measured_by)
    return Shown(item, kept, reports, by, actor.heard_at, _may(stores, actor, task, ACT))


def _may(stores: Stores, actor: Actor, task: Task, permission: Permission) -> bool:
    return task.giver.id == actor.member.id or _has(stores, actor, permission, stores.chats.get(task.group))


def _found(stores: Stores, actor: Actor, number: TaskId, permission: Permission) -> tuple[Task, FollowUp]:
    """A task and its follow-up. Raises FollowUpNotFound, FollowUpOver."""
    task, kept = stores.tasks.get(number), stores.follow_ups.get(number)
    if task is None or kept is None or not kept.step or not _may(stores, actor, task, permission):
        raise FollowUpNotFound(number=number)
    if task.done_at is not None or kept.closed_at is not None or not _stands(Followed(task, kept), actor):
        raise FollowUpOver(task=task)
    return task, kept


def measure(stores: Stores, actor: Actor, *, number: TaskId, words: str) -> Shown:
    """Say what is to be done about an overdue task; its owner reads it in private.

    Raises FollowUpNotFound, FollowUpOver, NoMeasure.
    """
    require(stores, actor, Permission.TAKE_PART)
    said = check_measure(words)
    task, kept = _found(stores, actor, number, ACT)
    by, at = actor.member.id, actor.heard_at
    stores.follow_ups.put([replace(kept, measure=said, measured_by=by, measured_at=at)])
    stores.audit.note(by, FOLLOW_MEASURED, f"task:{number}", old=None, new=None, at=at)
    if task.owner.private is not None and task.owner.id != by:
        told = Message("follow.told", {"task": task, "measure": said, "by": actor.member})
        stores.outbox.send(task.owner.private, told, key=f"follow.told:{number}:{at.timestamp()}")
    return show(stores, actor, number=number)


def close(stores: Stores, actor: Actor, *, number: TaskId) -> Task:
    """End the follow-up of a task: it goes on to nobody any more. Raises FollowUpNotFound, FollowUpOver."""
    require(stores, actor, Permission.TAKE_PART)
    task, kept = _found(stores, actor, number, ACT)
    by, at = actor.member.id, actor.heard_at
    stores.follow_ups.put([replace(kept, closed_at=at, closed_by=by, warned_on=None, next_level=None)])
    stores.audit.note(by, FOLLOW_CLOSED, f"task:{number}", old=None, new=None, at=at)
    return task


def deliver(stores: Stores, actor: Actor, *, number: TaskId, document: Document, key: str) -> None:
    """Send the document of a follow-up to who asks, in private. Raises FollowUpNotFound, FollowUpOver."""
    shown = show(stores, actor, number=number)
    if actor.member.private is not None:
        caption = Message("follow.caption", {"task": shown.item.task})
        stores.outbox.send_document(actor.member.private, document, caption, key=key, urgent=True)
