"""Recurring tasks are begun, shown, changed, paused and stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import RecurringId
from domain.people.permission import Permission, require
from domain.work import rhythm as rhythms
from domain.work.recurring.giving import give, give_due, place_of, planned
from domain.work.recurring.holding import doers, holders
from domain.work.recurring.model import (
    AlreadyAhead,
    AlreadyRecurring,
    Begun,
    HasStopped,
    NeverComes,
    NothingToGive,
    Recurring,
    RecurringNotFound,
    Shown,
    State,
)
from domain.work.task.model import AlreadyGiven
from domain.work.task.service import meant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.naming import Wanted
    from domain.work.features import Stores
    from domain.work.rhythm import CatchUp, DayOff, Place, Rhythm
    from domain.work.task import Plan, Task

BEGUN = AuditAction("recurring.begun")
CHANGED = AuditAction("recurring.changed")
NAMED_IN_CARD = 10


def begin(
    stores: Stores, actor: Actor, *, mentions: Sequence[Wanted], plan: Plan, rhythm: Rhythm, source: str
) -> Begun:
    """Begin to give a task in a rhythm; its first turn is given at once where it is near.

    Raises AlreadyRecurring, AlreadyGiven, NeverComes, TooManyOwners, and what `naming.meant` does.
    """
    require(stores, actor, Permission.GIVE_TASKS)
    earlier = stores.recurring.begun_by(source)
    if earlier is not None:
        raise AlreadyRecurring(recurring=earlier)
    given = stores.tasks.given_by(source)
    if given:
        raise AlreadyGiven(task=given[0])
    group, now = actor.group, actor.heard_at
    owners = meant(stores, actor, mentions)
    made = start(stores, _new(stores, actor, plan, rhythm), actor.now)
    one = stores.recurring.add(replace(made, owners=owners), source)
    _note(stores, actor, one, BEGUN, "running")
    tasks = give_due(stores, one, now)
    return Begun(_shown(stores, stores.recurring.get(one.id) or one, group, now), tasks)


def _new(stores: Stores, actor: Actor, plan: Plan, rhythm: Rhythm) -> Recurring:
    none = rhythms.Turn(actor.today, -1)
    return Recurring(RecurringId(0), actor.group.id, actor.member, plan, rhythm, none, actor.heard_at)


def start(stores: Stores, one: Recurring, now: datetime) -> Recurring:
    """Let a recurring task run from a moment on: before its first turn that is due then, and after all given ones.

    Raises NeverComes.
    """
    place = place_of(stores, stores.chats.get(one.group))
    since = max(now, one.last_due_at or now)
    rhythm = rhythms.in_phase(one.rhythm, since, place)
    first = rhythms.next_after(rhythm, since, place)
    if first is None:
        raise NeverComes
    running = replace(one, rhythm=rhythm, settled=first.turn.before, state=State.RUNNING)
    return planned(running, place, now)


def start_ahead(stores: Stores, one: Recurring, now: datetime) -> Recurring:
    """The same, before its first turn that is still to be given: many begin at once without a heap of cards.

    Raises NeverComes.
    """
    place, begun = place_of(stores, stores.chats.get(one.group)), start(stores, one, now)
    coming = rhythms.following(begun.rhythm, begun.settled, place)
    first = next((turn for turn in coming if rhythms.give_at(begun.rhythm, turn, place) > now), None)
    return begun if first is None else planned(replace(begun, settled=first.turn.before), place, now)


def show(stores: Stores, actor: Actor, *, number: RecurringId) -> Shown:
    """A recurring task of the group. Raises RecurringNotFound."""
    return _shown(stores, _own(stores, actor, number), actor.group, actor.heard_at)


def _own(stores: Stores, actor: Actor, number: RecurringId) -> Recurring:
    """A recurring task of the group that the actor may change. Raises RecurringNotFound."""
    require(stores, actor, Permission.GIVE_TASKS)
    one = stores.recurring.get(number)
    if one is None or one.group != actor.group.id:
        raise RecurringNotFound(number=number)  # other groups' work is not shown
    if one.holder is not None:
        require(stores, actor, Permission.PLAN_WORK)
    return one


def _alive(stores: Stores, actor: Actor, number: RecurringId) -> Recurring:
    """The same, and not stopped. Raises RecurringNotFound, HasStopped."""
    one = _own(stores, actor, number)
    if one.state is State.STOPPED:
        raise HasStopped(recurring=one)
    return one


def _shown(stores: Stores, one: Recurring, group: Chat, at: datetime) -> Shown:
    if one.holder is None:
        names = [who.name for who in one.owners]
    else:
        names = [who.name for who in holders(stores, one.holder)]
    if one.state is not State.RUNNING:
        return Shown(one, names[:NAMED_IN_CARD])
    due, given = coming(one, place_of(stores, group))
    return Shown(one, names[:NAMED_IN_CARD], due, given)


def coming(one: Recurring, place: Place) -> tuple[datetime | None, datetime | None]:
    """When the next turn of a recurring task is due, and when it is given."""
    turn = next(rhythms.following(one.rhythm, one.settled, place), None)
    if turn is None:
        return None, None
    return rhythms.due_at(one.rhythm, turn, place), rhythms.give_at(one.rhythm, turn, place)


def pause(stores: Stores, actor: Actor, *, number: RecurringId) -> Shown:
    """Give no turn until it is resumed; what comes meanwhile is left out. Raises RecurringNotFound, HasStopped."""
    one = _alive(stores, actor, number)
    return _keep(stores, actor, replace(one, state=State.PAUSED, next_at=None), "paused")


def resume(stores: Stores, actor: Actor, *, number: RecurringId) -> Shown:
    """Go on with the next turn that is due. Raises RecurringNotFound, HasStopped, NeverComes."""
    one = _alive(stores, actor, number)
    if one.state is State.RUNNING:
        return _shown(stores, one, actor.group, actor.heard_at)
    return _keep(stores, actor, start(stores, one, actor.heard_at), "running")


def stop(stores: Stores, actor: Actor, *, number: RecurringId) -> Shown:
    """End it; tasks that were given stay. Raises RecurringNotFound, HasStopped."""
    one = _alive(stores, actor, number)
    return _keep(stores, actor, replace(one, state=State.STOPPED, next_at=None), "stopped")


def set_off(stores: Stores, actor: Actor, *, number: RecurringId, off: DayOff) -> Shown:
    """Say what becomes of days off. Raises RecurringNotFound, HasStopped, NeverComes."""
    one = _alive(stores, actor, number)
    return _keep(stores, actor, _rearranged(stores, one, replace(one.rhythm, off=off), actor.heard_at), "changed")


def set_catch_up(stores: Stores, actor: Actor, *, number: RecurringId, catch_up: CatchUp) -> Shown:
    """Say what becomes of turns that were missed. Raises RecurringNotFound, HasStopped."""
    one = _alive(stores, actor, number)
    return _keep(stores, actor, replace(one, catch_up=catch_up), "changed")


def change(stores: Stores, actor: Actor, *, number: RecurringId, rhythm: Rhythm | None, plan: Plan | None) -> Shown:
    """Let it come in another rhythm, or let it be other work, from its next turn on.

    Raises RecurringNotFound, HasStopped, NeverComes.
    """
    one = _alive(stores, actor, number)
    changed = one if plan is None else replace(one, plan=plan)
    if rhythm is not None:
        changed = _rearranged(stores, changed, rhythm, actor.heard_at)
    return _keep(stores, actor, changed, "changed")


def _rearranged(stores: Stores, one: Recurring, rhythm: Rhythm, at: datetime) -> Recurring:
    """In another rhythm: from now on, but not again what was given. A paused one stays so. Raises NeverComes."""
    started = start(stores, replace(one, rhythm=rhythm), at)
    return started if one.state is State.RUNNING else replace(started, state=one.state, next_at=None)


def _keep(stores: Stores, actor: Actor, one: Recurring, told: str) -> Shown:
    stores.recurring.save(one)
    _note(stores, actor, one, CHANGED, told)
    if one.state is State.RUNNING:
        give_due(stores, one, actor.heard_at)
    return _shown(stores, stores.recurring.get(one.id) or one, actor.group, actor.heard_at)


def give_now(stores: Stores, actor: Actor, *, number: RecurringId, due_at: datetime | None = None) -> list[Task]:
    """Give the next turn ahead of its time; with `due_at` only if it is the one that is due then.

    Raises RecurringNotFound, HasStopped, NeverComes, AlreadyAhead, NothingToGive.
    """
    one, group, at = _alive(stores, actor, number), actor.group, actor.heard_at
    place = place_of(stores, group)
    turn = next(rhythms.following(one.rhythm, one.settled, place), None)
    if turn is None:
        raise NeverComes
    if due_at is not None and rhythms.due_at(one.rhythm, turn, place) != due_at:
        raise AlreadyAhead(recurring=one)
    who = doers(stores, one, group, at)
    if not who.members:
        raise NothingToGive
    tasks = give(stores, one, turn, who, at)
    settled = replace(one, settled=turn.turn, last_due_at=tasks[0].due_at)
    stores.recurring.save(planned(settled, place, at))
    return tasks


def _note(stores: Stores, actor: Actor, one: Recurring, action: AuditAction, told: str) -> None:
    stores.audit.note(actor.member.id, action, f"recurring:{one.id}", old=None, new=told, at=actor.heard_at)
