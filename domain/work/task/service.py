"""Tasks are given, listed and finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin import setting
from domain.ids import TaskId
from domain.people.member import resolve
from domain.points import points
from domain.points.points import Rule
from domain.work.task.cards import LISTED, refresh_card
from domain.work.task.model import (
    AlreadyGiven,
    Finished,
    Given,
    Listing,
    NotYourTask,
    Task,
    TaskNotFound,
    TooManyOwners,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Actor, Member, Mention
    from domain.stores import Stores
    from domain.work.task.model import Plan

MAX_OWNERS = 20


def give(
    stores: Stores,
    *,
    group: Chat,
    giver: Member,
    mentions: Sequence[Mention],
    plan: Plan,
    due_at: datetime,
    source: str,
    at: datetime,
) -> Given:
    """Give one task to each person named in a command.

    Raises UnknownName, AmbiguousName, TooManyOwners, AlreadyGiven.
    """
    owners = [resolve(stores, mention, group.id, at) for mention in mentions]
    return give_to(stores, group=group, giver=giver, owners=owners, plan=plan, due_at=due_at, source=source, at=at)


def give_to(
    stores: Stores,
    *,
    group: Chat,
    giver: Member,
    owners: Sequence[Member],
    plan: Plan,
    due_at: datetime,
    source: str,
    at: datetime,
) -> Given:
    """Give one task to each owner. `source` is the command, so that editing it gives nothing twice.

    Raises TooManyOwners, AlreadyGiven.
    """
    earlier = stores.tasks.given_by(source)
    if earlier:
        raise AlreadyGiven(task=earlier[0])
    owners = list({owner.id: owner for owner in owners}.values())
    if len(owners) > MAX_OWNERS:
        raise TooManyOwners(most=MAX_OWNERS)
    quiet, morning = stores.quiet.of(group.id).quiet, setting.morning_of(stores, group)
    tasks: list[Task] = []
    for owner in owners:
        batch = tasks[0].batch if tasks else TaskId(0)
        task = Task(TaskId(0), batch, group.id, owner, giver, plan, due_at, at)
        tasks.append(stores.tasks.add(task.reminded_after(at, group, quiet, morning), source))
    return Given(tasks)


def finish(stores: Stores, *, number: TaskId, by: MemberId, at: datetime) -> Finished:
    """Mark a member's own task done and credit them: on time earns more than late.

    Raises TaskNotFound, NotYourTask, AlreadyDone.
    """
    task = stores.tasks.get(number)
    if task is None or not (task.owner.id == by or stores.members.is_in(task.group, by)):
        raise TaskNotFound(number=number)  # what other groups do is not told
    if task.owner.id != by:
        raise NotYourTask(task=task)
    done = task.finished(at)
    stores.tasks.save(done)
    rule = Rule.TASK_ON_TIME if done.on_time else Rule.TASK_LATE
    group = stores.chats.get(done.group)
    credit = points.award(stores, by, group, rule, source=done.source, cause=done.plan.title, at=at)
    refresh_card(stores, done, at)
    return Finished(done, credit)


def listing(stores: Stores, *, actor: Actor, at: datetime) -> Listing:
    """Open tasks: in a group the group's, in private one's own."""
    own = not actor.chat.is_group
    tasks = stores.tasks
    found = tasks.open_of(actor.member.id, limit=100) if own else tasks.open_in(actor.chat.id, limit=100)
    return Listing(found[:LISTED], len(found[LISTED:]), own, at)


def own_open(stores: Stores, *, owner: MemberId, at: datetime) -> Listing:
    """A member's own open tasks, to choose the finished one from."""
    found = stores.tasks.open_of(owner, limit=100)
    return Listing(found[:LISTED], len(found[LISTED:]), own=True, at=at)
