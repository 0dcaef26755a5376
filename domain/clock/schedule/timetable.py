"""What people see of the clock: all that it does in a group, or in the groups that choose nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from domain.clock.schedule.model import Default, Late, Planned, When
from domain.people.permission import EVERYWHERE, Permission, require, require_over
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.clock.schedule.model import Clockwork, Days, Schedule
    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet, QuietHours
    from domain.people.actor import Actor
    from domain.stores import Stores


class NoSuchSchedule(Refusal):
    """Nothing of that name can be changed."""

    text = "schedule.unknown"


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


def require_access(stores: Stores, actor: Actor) -> None:
    """Let through who may change what the clock does in a group; in private in all groups. Raises NotAllowed."""
    if actor.chat.is_group:
        require(stores, actor, Permission.CHANGE_SCHEDULES)
    else:
        require_over(stores, actor, Permission.CHANGE_SCHEDULES, EVERYWHERE)


def timetable(stores: Stores, actor: Actor, *, clockwork: Clockwork) -> Timetable:
    """What the clock does in a group, or in private for the enterprise. Raises NotAllowed."""
    require_access(stores, actor)
    return timetable_of(stores, actor.chat, clockwork, actor.heard_at)


def timetable_of(stores: Stores, chat: Chat, clockwork: Clockwork, at: datetime) -> Timetable:
    """The same, for who may see it."""
    hours = quiet_of(stores, chat)
    rows = [row_of(stores, chat, schedule) for schedule in clockwork.schedules]
    own = stores.calendar.workdays()
    planned = [row if row.next_at else replace(row, next_at=clockwork.next_moment(row, at, own)) for row in rows]
    entries = [entry_of(row, hours.quiet, chat) for row in planned]
    return Timetable(entries, hours.quiet, hours.chosen, not chat.is_group, at)


def quiet_of(stores: Stores, chat: Chat) -> QuietHours:
    """A group's quiet hours; in private the enterprise's."""
    return stores.quiet.of(chat.id if chat.is_group else None)


def row_of(stores: Stores, chat: Chat, schedule: Schedule) -> Planned:
    """A group's row; for the enterprise one as a group in the private chat's zone would have it."""
    if chat.is_group:
        found = stores.schedules.of(chat.id, schedule.name)
        if found is None:  # the clock has not yet got round to a new group
            stores.schedules.add_missing([schedule], chat.zone)
            found = stores.schedules.of(chat.id, schedule.name)
        if found is None:
            raise NoSuchSchedule
        return found
    return in_zone(schedule, default_of(stores, schedule), chat.zone)


def in_zone(schedule: Schedule, default: Default, zone: str) -> Planned:
    """The row that a group in a zone would have."""
    cron, paused = default.cron, default.paused
    return Planned(0, schedule.name, None, cron, zone, schedule.days, schedule.late, None, paused=paused)


def default_of(stores: Stores, schedule: Schedule) -> Default:
    """What the enterprise has chosen, else what ships."""
    return stores.schedules.default(schedule.name) or Default(schedule.cron)


def entry_of(row: Planned, hours: Quiet | None, chat: Chat) -> Entry:
    """A row as people see it."""
    word = row.name.partition(".")[0]
    entry = Entry(word, When.of(row.cron), row.days, row.paused, row.chosen, None)
    if row.paused or row.next_at is None:
        return entry
    local = chat.local(row.next_at)
    end = local if hours is None else hours.end(local)
    if row.late is not Late.MERGE and end.date() != local.date():
        return replace(entry, mute=True)
    return replace(entry, next_at=end.astimezone(UTC), waits=end != local)
