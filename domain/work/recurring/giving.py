"""The clock gives what a rhythm brings: each turn once, however late and however often it runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.clock.calendar import next_workday, workdays
from domain.messaging import administrators
from domain.messaging.message import Message
from domain.work import rhythm as rhythms
from domain.work.recurring.holding import doers
from domain.work.recurring.model import State
from domain.work.rhythm import Place
from domain.work.task import Link, LinkKind, Order, assign, drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.messaging.chat import Chat
    from domain.work.features import Stores
    from domain.work.recurring.holding import Doers
    from domain.work.recurring.model import Recurring
    from domain.work.rhythm import Occurrence
    from domain.work.task import Task

MAX_TURNS_AT_ONCE = 30  # of one recurring task
LOOKED_AT = 500  # recurring tasks of one run
LOOKS_AGAIN = timedelta(days=7)  # at the latest: days off may have changed meanwhile
A_DAY = timedelta(days=1)
LAST_MOMENT = time(23, 59)


def place_of(stores: Stores, group: Chat) -> Place:
    """Where the rhythms of a group are lived."""
    return Place(group.zone, setting.morning_of(stores, group), workdays(stores))


def run(stores: Stores, slot: datetime) -> None:
    """Give everything that is due by a moment."""
    for one in stores.recurring.due(slot, LOOKED_AT):
        give_due(stores, one, slot)


def give_due(stores: Stores, one: Recurring, at: datetime) -> list[Task]:
    """Give the turns of a recurring task that are due by a moment, and plan when to look again."""
    group = stores.chats.get(one.group)
    if not (group.active and group.is_admitted) or _is_closed(stores, one):  # its turns wait, as if nothing ran
        stores.recurring.save(replace(one, next_at=at + A_DAY))
        return []
    place = place_of(stores, group)
    found = rhythms.brought(one.rhythm, one.settled, at, place, catch_up=one.catch_up, most=MAX_TURNS_AT_ONCE)
    who = doers(stores, one, group, at) if found.give else None
    if who is not None and not who.members:
        _nobody(stores, one, group, at)
        return []
    tasks = [task for turn in found.give if who for task in give(stores, one, turn, who, at)]
    last = max((task.due_at for task in tasks), default=one.last_due_at)
    settled = replace(one, settled=found.settled, last_due_at=last)
    stores.recurring.save(planned(settled, place, at))
    return tasks


def _is_closed(stores: Stores, one: Recurring) -> bool:
    """Whether it is the duty of a role in a branch that was closed; the closing may be taken back."""
    branch = None if one.holder is None else stores.branches.find(one.holder.branch)
    return branch is not None and branch.closed_at is not None


def planned(one: Recurring, place: Place, at: datetime) -> Recurring:
    """With the moment at which to look again: when the next turn is given, but never far from now."""
    if one.state is not State.RUNNING:
        return replace(one, next_at=None)
    coming = next(rhythms.following(one.rhythm, one.settled, place), None)
    latest = at + LOOKS_AGAIN
    if coming is None:
        return replace(one, next_at=latest)
    return replace(one, next_at=min(rhythms.give_at(one.rhythm, coming, place), latest))


def give(stores: Stores, one: Recurring, turn: Occurrence, who: Doers, at: datetime) -> list[Task]:
    """Give one turn, and send its card: to the only owner in private where that is possible, else to the group."""
    group = stores.chats.get(one.group)
    place = place_of(stores, group)
    due = rhythms.due_at(one.rhythm, turn, place)
    if due <= at:
        due = _soon(stores, group, place, at)
    source = f"recurring:{one.id}:{turn.turn.period}/{turn.turn.spot}:{one.rhythm}"
    links = () if one.holder is None else (Link(LinkKind.DUTY, one.id),)
    branch = None if one.holder is None else one.holder.branch
    order = Order(group, who.members, one.giver, one.plan, due, source, links=links, branch=branch)
    tasks = assign(stores, order, at)
    _send_card(stores, one, tasks, stands_in=who.stands_in)
    return tasks


def _soon(stores: Stores, group: Chat, place: Place, at: datetime) -> datetime:
    """When a turn is due whose own deadline has passed: at the end of the next workday."""
    day = next_workday(group.day(at), place.is_workday)
    return datetime.combine(day, setting.day_end_of(stores, group) or LAST_MOMENT, ZoneInfo(group.zone))


def _send_card(stores: Stores, one: Recurring, tasks: Sequence[Task], *, stands_in: bool) -> None:
    first, card = tasks[0], drawn(tasks)
    if stands_in and one.holder is not None:
        card = replace(card, text="recurring.given_instead", values={**card.values, "role": one.holder.role})
    where = first.owner.private if len(tasks) == 1 else None
    stores.outbox.send(where or one.group, card, key=f"recurring:{first.batch}")


def _nobody(stores: Stores, one: Recurring, group: Chat, at: datetime) -> None:
    """Nobody is there to do it: pause it, and tell those in charge once."""
    stores.recurring.save(replace(one, state=State.PAUSED, next_at=None))
    message = Message("recurring.paused_for_nobody", {"recurring": one, "group": group}, silent=True)
    for chat in administrators.chats_in_charge(stores, group):
        stores.outbox.send(chat, message, key=f"recurring.nobody:{one.id}:{at.timestamp()}:{chat}")
