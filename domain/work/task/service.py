"""Tasks are given, listed and finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.ids import TaskId
from domain.people import naming
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.event import Event, EventName, Fact
from domain.work.task.cards import LISTED, refresh_card
from domain.work.task.finding import missing_to
from domain.work.task.giving import Order, assign
from domain.work.task.model import (
    AlreadyGiven,
    Away,
    Finished,
    Given,
    Happening,
    Listing,
    NotAmongOwners,
    NotYourTask,
    Task,
    TaskEvent,
    TooManyOwners,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.points.points import Credit
    from domain.work.features import Stores
    from domain.work.task.model import Plan

MAX_OWNERS = 20  # named one by one
MAX_EVERYBODY = 500  # named together, as 全体
A_DAY = timedelta(days=1)
DONE = Event(EventName("task.done"), facts=(Fact("on_time", bool),))


def give(
    stores: Stores,
    actor: Actor,
    *,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime,
    source: str,
) -> Given:
    """Give one task to each person that a command names, one by one or together (everybody, a party group).

    Raises TooManyOwners, AlreadyGiven, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    _check_new(stores, source)
    check_count(len(mentions))
    found = naming.meant(stores, mentions, actor.group, actor.heard_at)
    check_count(len(found.people), MAX_EVERYBODY if found.whole else MAX_OWNERS)
    owners = naming.accounts(stores, found.people, actor.heard_at)
    given = _give(stores, actor, owners, plan=plan, due_at=due_at, source=source)
    return replace(given, gone=[one.name for one in found.gone])


def give_to(
    stores: Stores, actor: Actor, *, owners: Sequence[MemberId], plan: Plan, due_at: datetime, source: str
) -> Given:
    """Give one task to each owner. `source` is the command, so that editing it gives nothing twice.

    Raises TooManyOwners, AlreadyGiven.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    _check_new(stores, source)
    found = tuple(dict.fromkeys(owners))
    check_count(len(found), MAX_OWNERS)
    return _give(stores, actor, stores.members.several(found), plan=plan, due_at=due_at, source=source)


def _check_new(stores: Stores, source: str) -> None:
    earlier = stores.tasks.given_by(source)
    if earlier:
        raise AlreadyGiven(task=earlier[0])


def check_count(owners: int, most: int = MAX_OWNERS) -> None:
    """Raises TooManyOwners."""
    if owners > most:
        raise TooManyOwners(most=most)


def _give(
    stores: Stores, actor: Actor, owners: Sequence[Member], *, plan: Plan, due_at: datetime, source: str
) -> Given:
    group = actor.group
    order = Order(group, owners, actor.member, plan, due_at, source)
    tasks = assign(stores, order, actor.now, heard_at=actor.heard_at)
    waiting = [owner.name for owner in owners if owner.platform_id is None]
    return Given(tasks, _away(stores, owners, group.day(due_at)), waiting)


def _away(stores: Stores, owners: Sequence[Member], day: date) -> list[Away]:
    """The owners who are on leave when the task is due."""
    by_id = {owner.id: owner for owner in owners}
    found = stores.people.absent_on(list(by_id), day)
    return [Away(by_id[who], leave.until and leave.until - A_DAY) for who, leave in found]


def finish(stores: Stores, actor: Actor, *, number: TaskId) -> Finished:
    """Mark one's own task done and credit its owner: on time earns more than late, one's own task nothing.

    Raises TaskNotFound, NotYourTask, AlreadyDone.
    """
    require(stores, actor, Permission.TAKE_PART)
    task, by = stores.tasks.get(number), actor.member.id
    if task is None or not (task.owner.id == by or stores.members.is_in(task.group, by)):
        raise missing_to(stores, number, by)  # what other groups do is not told
    if task.owner.id != by:
        raise NotYourTask(task=task)
    return _finish(stores, actor, task)


def finish_mine(stores: Stores, actor: Actor, *, batch: TaskId) -> Finished:
    """Mark one's own task of a command done, as `finish` does.

    Raises TaskNotFound, NotAmongOwners, AlreadyDone.
    """
    require(stores, actor, Permission.TAKE_PART)
    own, by = stores.tasks.own_in(batch, actor.member.id), actor.member.id
    if own:
        return _finish(stores, actor, next((task for task in own if task.done_at is None), own[0]))
    first = stores.tasks.get(batch)
    if first is None or not stores.members.is_in(first.group, by):
        raise missing_to(stores, batch, by)  # what other groups do is not told
    raise NotAmongOwners


def _finish(stores: Stores, actor: Actor, task: Task) -> Finished:
    done = task.finished(actor.now)
    stores.tasks.save(done)
    stores.tasks.note(TaskEvent(done.id, Happening.DONE, actor.member.id, done.done_at or actor.now))
    refresh_card(stores, done, actor.heard_at)
    credit = _credit(stores, done, actor.now) if done.earns else None
    if credit is None:  # else the credit has refreshed it
        stores.hooks.changed(done.owner.id, f"done:{done.id}", actor.heard_at)
    stores.hooks.task_ended(done, actor.heard_at)
    return Finished(done, credit)


def _credit(stores: Stores, done: Task, at: datetime) -> Credit | None:
    group, facts = stores.chats.get(done.group), {"on_time": done.on_time}
    return points.award(stores, done.owner.id, group, DONE, facts, source=done.source, cause=done.plan.title, at=at)


def own_open(stores: Stores, actor: Actor) -> Listing:
    """One's own open tasks, also to choose the finished one from."""
    require(stores, actor, Permission.TAKE_PART)
    return _listed(stores.tasks.open_of(actor.member.id, limit=100), actor, own=True)


def _listed(found: Sequence[Task], actor: Actor, *, own: bool) -> Listing:
    return Listing(found[:LISTED], len(found[LISTED:]), own, actor.heard_at)
