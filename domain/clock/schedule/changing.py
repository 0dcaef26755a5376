"""How people change what the clock does: in their group, or in the whole enterprise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.clock.schedule import panel
from domain.clock.schedule.model import SCHEDULE_CHANGED, Default, Planned, When
from domain.clock.schedule.timetable import (
    NoSuchSchedule,
    default_of,
    entry_of,
    in_zone,
    quiet_of,
    require_access,
    row_of,
)
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, time

    from domain.clock.schedule.model import Clockwork, Schedule
    from domain.clock.schedule.panel import Pressed
    from domain.clock.schedule.timetable import Entry
    from domain.people.actor import Actor
    from domain.stores import Stores


class NotWeekly(Refusal):
    """A weekday was given for what comes every day."""

    text = "schedule.not_weekly"


class DuringQuiet(Refusal):
    """At that time nothing would ever be said: the chat is quiet, and the next day it is too late."""

    text = "schedule.during_quiet"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of a schedule; what is `None` stays. `follow` is to have what the enterprise has."""

    clock: time | None = None
    weekday: int | None = None
    paused: bool | None = None
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A schedule after a change.

    `dropped` is today's moment where it is passed over; `following` and `choosing` groups are counted where the
    enterprise's default was changed.
    """

    entry: Entry
    enterprise: bool
    at: datetime
    dropped: datetime | None = None
    following: int = 0
    choosing: int = 0


def change(
    stores: Stores,
    actor: Actor,
    *,
    word: str,
    wish: Wish,
    clockwork: Clockwork,
    key: str,
    pressed: Pressed | None = None,
) -> Changed:
    """Change a schedule of a group; in private, of every group that has not chosen for itself.

    `key` is the command's or the press's own. Raises NotAllowed, PanelOver, NoSuchSchedule, NotWeekly, DuringQuiet.
    """
    require_access(stores, actor)
    panel.require_fresh(stores, actor, pressed)
    schedule = next((one for one in clockwork.schedules if one.name.partition(".")[0] == word), None)
    if schedule is None:
        raise NoSuchSchedule
    changed = _changed(stores, actor, schedule, wish, clockwork)
    panel.refresh(stores, actor, clockwork=clockwork, key=key, pressed=pressed)
    return changed


def _changed(stores: Stores, actor: Actor, schedule: Schedule, wish: Wish, clockwork: Clockwork) -> Changed:
    chat, at, own = actor.chat, actor.heard_at, stores.calendar.workdays()
    before = row_of(stores, chat, schedule)
    row = _wished(before, wish, schedule, default_of(stores, schedule))
    row = replace(row, next_at=row.next_after(at, clockwork.next_moment, own))
    hours = quiet_of(stores, chat).quiet
    entry = entry_of(row, hours, chat)
    if entry.mute and wish.clock is not None:
        raise DuringQuiet(word=entry.word, clock=wish.clock, quiet=hours)
    note(stores, actor, schedule.name, (_told(before), _told(row)))
    if chat.is_group:
        stores.schedules.change(row)
        return Changed(entry, enterprise=False, at=at, dropped=_dropped(before, row, at))
    default = Default(row.cron, row.paused)
    stores.schedules.set_default(schedule.name, default)
    _spread(stores, schedule, default, clockwork, at)
    following, choosing = stores.schedules.groups(schedule.name)
    return Changed(entry, enterprise=True, at=at, following=following, choosing=choosing)


def _wished(row: Planned, wish: Wish, schedule: Schedule, default: Default) -> Planned:
    """A row as it is wished for. Raises NotWeekly."""
    if wish.follow:
        shipped = default if row.group is not None else Default(schedule.cron)
        return replace(row, cron=shipped.cron, paused=shipped.paused, chosen=False)
    when = When.of(row.cron) or When.of(schedule.cron)
    if when is None:
        raise NoSuchSchedule
    if wish.weekday is not None and when.weekday is None:
        raise NotWeekly(word=schedule.name.partition(".")[0])
    wished = When(wish.clock or when.clock, when.weekday if wish.weekday is None else wish.weekday)
    cron = row.cron if (wish.clock, wish.weekday) == (None, None) else wished.cron
    return replace(row, cron=cron, paused=bool(wish.paused), chosen=row.group is not None)


def _dropped(before: Planned, after: Planned, at: datetime) -> datetime | None:
    """The moment that was still to come today and now does not come."""
    today = before.local_day(at)
    waited = before.next_at is not None and not before.paused and before.local_day(before.next_at) == today
    comes = not after.paused and after.next_at is not None and after.local_day(after.next_at) == today
    return before.next_at if waited and not comes and not after.paused else None


def _spread(stores: Stores, schedule: Schedule, default: Default, clockwork: Clockwork, at: datetime) -> None:
    """Change every group that follows; those that have had today's already go on tomorrow."""
    own = stores.calendar.workdays()
    for zone in stores.schedules.zones(schedule.name):
        row = in_zone(schedule, default, zone)
        moment = clockwork.next_moment(row, at, own)
        stores.schedules.follow(schedule.name, default, zone, moment)
        again = replace(row, last_at=at).next_after(at, clockwork.next_moment, own)
        if again != moment:
            stores.schedules.follow(schedule.name, default, zone, again, since=row.start_of_day(at))


def _told(row: Planned) -> str:
    return f"{row.cron}{' paused' if row.paused else ''}"


def note(stores: Stores, actor: Actor, what: str, told: Sequence[str]) -> None:
    """Into the audit log, where something has changed: `told` is before and after."""
    old, new = told
    place = f"chat:{actor.chat.id}" if actor.chat.is_group else "enterprise"
    if old != new:
        stores.audit.note(actor.member.id, SCHEDULE_CHANGED, f"{what} {place}", old=old, new=new, at=actor.heard_at)
