"""What people see of the clock, and how they change it: for their group, or for the whole enterprise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from domain.clock.schedule.model import SCHEDULE_CHANGED, Default, Late, Planned, When
from domain.messaging import quiet
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.clock.schedule.model import Clockwork, Days, Schedule
    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet, QuietHours
    from domain.people.actor import Actor
    from domain.stores import Stores


class NoSuchSchedule(Refusal):
    """Nothing of that name can be changed."""

    text = "schedule.unknown"


class NotWeekly(Refusal):
    """A weekday was given for what comes every day."""

    text = "schedule.not_weekly"


class DuringQuiet(Refusal):
    """At that time nothing would ever be said: the chat is quiet, and the next day it is too late."""

    text = "schedule.during_quiet"


@dataclass(frozen=True, slots=True)
class Entry:
    """A schedule as people see it. `word` is its feature (`study`).

    `next_at` is when it will speak next: `waits` where that is the end of quiet hours; `None` while it is paused, or
    `mute` because its time lies in quiet hours that end too late.
    """

    word: str
    when: When | None
    days: Days
    paused: bool
    chosen: bool
    next_at: datetime | None
    waits: bool = False
    mute: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that the clock does in a group; in a private chat, in the groups that choose nothing."""

    entries: Sequence[Entry]
    quiet: Quiet | None
    quiet_chosen: bool
    enterprise: bool
    at: datetime

    def entry(self, word: str) -> Entry:
        """The entry of a feature. Raises NoSuchSchedule."""
        found = next((entry for entry in self.entries if entry.word == word), None)
        if found is None:
            raise NoSuchSchedule
        return found


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


@dataclass(frozen=True, slots=True)
class QuietChanged:
    """Quiet hours after a change; `mute` are the schedules that cannot speak any more."""

    quiet: Quiet | None
    enterprise: bool
    mute: Sequence[Entry]


def timetable(stores: Stores, *, chat: Chat, clockwork: Clockwork, at: datetime) -> Timetable:
    """What the clock does in a group, or in private for the enterprise."""
    hours = _quiet(stores, chat)
    rows = [_row(stores, chat, schedule) for schedule in clockwork.schedules]
    own = stores.calendar.workdays()
    planned = [row if row.next_at else replace(row, next_at=clockwork.next_moment(row, at, own)) for row in rows]
    entries = [_entry(row, hours.quiet, chat) for row in planned]
    return Timetable(entries, hours.quiet, hours.chosen, not chat.is_group, at)


def _quiet(stores: Stores, chat: Chat) -> QuietHours:
    return stores.quiet.of(chat.id if chat.is_group else None)


def _row(stores: Stores, chat: Chat, schedule: Schedule) -> Planned:
    """A group's row; for the enterprise one as a group in the private chat's zone would have it."""
    if chat.is_group:
        found = stores.schedules.of(chat.id, schedule.name)
        if found is None:  # the clock has not yet got round to a new group
            stores.schedules.add_missing(schedule, chat.zone)
            found = stores.schedules.of(chat.id, schedule.name)
        if found is None:
            raise NoSuchSchedule
        return found
    return _in_zone(schedule, _default(stores, schedule), chat.zone)


def _in_zone(schedule: Schedule, default: Default, zone: str) -> Planned:
    """The row that a group in a zone would have."""
    cron, paused = default.cron, default.paused
    return Planned(0, schedule.name, None, cron, zone, schedule.days, schedule.late, None, paused=paused)


def _default(stores: Stores, schedule: Schedule) -> Default:
    return stores.schedules.default(schedule.name) or Default(schedule.cron)


def _entry(row: Planned, hours: Quiet | None, chat: Chat) -> Entry:
    word = row.name.partition(".")[0]
    entry = Entry(word, When.of(row.cron), row.days, row.paused, row.chosen, None)
    if row.paused or row.next_at is None:
        return entry
    local = chat.local(row.next_at)
    end = local if hours is None else hours.end(local)
    if row.late is not Late.MERGE and end.date() != local.date():
        return replace(entry, mute=True)
    return replace(entry, next_at=end.astimezone(UTC), waits=end != local)


def change(stores: Stores, *, actor: Actor, word: str, wish: Wish, clockwork: Clockwork, at: datetime) -> Changed:
    """Change a schedule of a group; in private, of every group that has not chosen for itself.

    Raises NoSuchSchedule, NotWeekly, DuringQuiet.
    """
    chat = actor.chat
    schedule = next((one for one in clockwork.schedules if one.name.partition(".")[0] == word), None)
    if schedule is None:
        raise NoSuchSchedule
    before = _row(stores, chat, schedule)
    own = stores.calendar.workdays()
    row = _wished(before, wish, schedule, _default(stores, schedule))
    row = replace(row, next_at=row.next_after(at, clockwork.next_moment, own))
    entry = _entry(row, _quiet(stores, chat).quiet, chat)
    if entry.mute and wish.clock is not None:
        raise DuringQuiet(word=word, clock=wish.clock, quiet=_quiet(stores, chat).quiet)
    _note(stores, actor, schedule.name, (_told(before), _told(row)), at)
    if chat.is_group:
        stores.schedules.change(row)
        return Changed(entry, enterprise=False, at=at, dropped=_dropped(before, row, at))
    default = Default(row.cron, row.paused)
    stores.schedules.set_default(schedule.name, default)
    _lead(stores, schedule, default, clockwork, at)
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


def _lead(stores: Stores, schedule: Schedule, default: Default, clockwork: Clockwork, at: datetime) -> None:
    """Change every group that follows; those that have had today's already go on tomorrow."""
    own = stores.calendar.workdays()
    for zone in stores.schedules.zones(schedule.name):
        row = _in_zone(schedule, default, zone)
        moment = clockwork.next_moment(row, at, own)
        stores.schedules.follow(schedule.name, default, zone, moment)
        again = replace(row, last_at=at).next_after(at, clockwork.next_moment, own)
        if again != moment:
            stores.schedules.follow(schedule.name, default, zone, again, since=row.start_of_day(at))


def change_quiet(
    stores: Stores, *, actor: Actor, quiet: Quiet | None, clockwork: Clockwork, at: datetime
) -> QuietChanged:
    """Set quiet hours, or have none: of a group; in private, of every group that has not chosen for itself."""
    chat = actor.chat
    place = chat.id if chat.is_group else None
    before = stores.quiet.of(place).quiet
    stores.quiet.choose(place, quiet)
    return _quiet_changed(stores, actor, before, clockwork, at)


def follow_quiet(stores: Stores, *, actor: Actor, clockwork: Clockwork, at: datetime) -> QuietChanged:
    """Let a group have the enterprise's quiet hours, the enterprise the usual ones."""
    chat = actor.chat
    before = _quiet(stores, chat).quiet
    if chat.is_group:
        stores.quiet.follow(chat.id)
    else:
        stores.quiet.choose(None, quiet.USUAL)
    return _quiet_changed(stores, actor, before, clockwork, at)


def _quiet_changed(
    stores: Stores, actor: Actor, before: Quiet | None, clockwork: Clockwork, at: datetime
) -> QuietChanged:
    table = timetable(stores, chat=actor.chat, clockwork=clockwork, at=at)
    told = tuple("off" if hours is None else str(hours) for hours in (before, table.quiet))
    _note(stores, actor, "quiet", told, at)
    return QuietChanged(table.quiet, table.enterprise, [entry for entry in table.entries if entry.mute])


def _told(row: Planned) -> str:
    return f"{row.cron}{' paused' if row.paused else ''}"


def _note(stores: Stores, actor: Actor, what: str, told: Sequence[str], at: datetime) -> None:
    """Into the audit log, where something has changed: `told` is before and after."""
    old, new = told
    place = f"chat:{actor.chat.id}" if actor.chat.is_group else "enterprise"
    if old != new:
        subject = f"{what} {place}"
        stores.audit.note(actor.member.id, SCHEDULE_CHANGED, subject, old=old, new=new, at=at)
