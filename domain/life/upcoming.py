"""The calendar of the coming two weeks: of a group, of everything that somebody leads, or of their own.

One message, by day. A group has at most one of them; where the setting asks for it, it is posted without a sound on the
first workday of a week, and follows what changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.admin.setting import Name, Posting, value_of
from domain.clock.calendar import workdays
from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import ChatId
from domain.messaging.message import Message, Subject
from domain.people.permission import Permission, require
from domain.upcoming import Days, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.messaging.message import Text
    from domain.people.actor import Actor
    from domain.upcoming import Coming

LENGTH = 14  # days, today among them
PAGE = 25  # lines of a message
MAX_GROUPS = 20  # whoever leads more reads the first ones together, the others in their own chats
SATURDAY = 5
MORNING, EVENING = 8, 20  # hours of a group's day between which its posted calendar follows what changes
A_DAY = timedelta(days=1)
CALENDAR = "upcoming"  # the kind of the subject


class Rest(StrEnum):
    """What is unusual about a day."""

    NOTHING = "nothing"
    OFF = "off"  # a day off in the week, or the weekend between such days
    WORKED = "worked"  # 调休: a weekend day that is worked


@dataclass(frozen=True, slots=True)
class Line:
    """What is on a day: the time of day, where it has one, and in which group, where several are shown together."""

    clock: time
    shown: Shown
    text: Text
    group: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its lines; days off without any follow one another from `first` to `last`."""

    first: date
    last: date
    rest: Rest
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A page of two weeks. `group` is whose it is, `None`: of whoever asks, who leads `groups` of them.

    `more` lines come after this page, `skipped` groups are not among what is shown.
    """

    first: date
    last: date
    group: Chat | None
    groups: int
    days: Sequence[Day]
    offset: int = 0
    more: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    coming: Coming
    group: str


def subject(group: ChatId) -> Subject:
    """What a group's calendar is about."""
    return Subject(CALENDAR, group)


def of_group(stores: Stores, actor: Actor) -> Calendar:
    """The calendar of the group. Raises WrongPlace."""
    require(stores, actor, Permission.TAKE_PART)
    return _of_group(stores, actor.group, actor.heard_at)


def post(stores: Stores, actor: Actor, *, key: str) -> None:
    """Show the group its calendar, in place of the one before. Raises WrongPlace."""
    found = of_group(stores, actor)
    about = subject(actor.group.id)
    stores.outbox.delete(about, key=f"{key}:before")
    stores.outbox.send(actor.group.id, _message(found, about), key=key, urgent=True)


def own(stores: Stores, actor: Actor, *, led: Sequence[Actor], offset: int = 0) -> Calendar:
    """What somebody takes part in, with all of the groups that they lead, from a line on.

    `led` is who asks, as an actor in each of these groups. Raises NotAllowed.
    """
    require(stores, actor, Permission.TAKE_PART)
    for there in led:
        require(stores, there, Permission.PLAN_WORK)
    days = _days(actor.chat, actor.heard_at)
    groups = [there.group for there in led[:MAX_GROUPS]]
    several = len(groups) > 1
    found = [
        _Found(one, group.title if several else "")
        for group in groups
        for one in stores.hooks.upcoming_in(group.id, days)
    ]
    found += [_Found(one, "") for one in stores.hooks.upcoming_of(actor.member.id, days)]
    made = _calendar(stores, actor.chat, days, found, offset)
    return replace(made, group=None, groups=len(groups), skipped=len(led) - len(groups))


def _of_group(stores: Stores, group: Chat, at: datetime) -> Calendar:
    days = _days(group, at)
    found = [_Found(one, "") for one in stores.hooks.upcoming_in(group.id, days)]
    return replace(_calendar(stores, group, days, found, 0), group=group)


def _days(chat: Chat, at: datetime) -> Days:
    today = chat.day(at)
    return Days(chat.start_of(today), chat.start_of(today + LENGTH * A_DAY))


def _calendar(stores: Stores, chat: Chat, days: Days, found: Iterable[_Found], offset: int) -> Calendar:
    first, last = chat.day(days.since), chat.day(days.until) - A_DAY
    lines = _sorted(days, found)
    begin = offset if offset < len(lines) else 0
    page = lines[begin : begin + PAGE]
    more = len(lines) - begin - len(page)
    seen = first if not begin else chat.day(page[0].coming.at)
    until = last if not more else chat.day(page[-1].coming.at)
    shown = _by_day(chat, page, rests(seen, until, workdays(stores))) if page else []
    return Calendar(first, last, None, 0, shown, begin, more)


def _sorted(days: Days, found: Iterable[_Found]) -> list[_Found]:
    """By time; what is about the same is there once, as it was found first."""
    once: dict[Subject, _Found] = {}
    for one in found:
        if days.has(one.coming.at):
            once.setdefault(one.coming.about, one)
    return sorted(once.values(), key=lambda one: one.coming.at)


def rests(first: date, last: date, works: Callable[[date], bool]) -> Mapping[date, Rest]:
    """What is unusual about each day of a stretch."""
    found: dict[date, Rest] = {}
    run: list[date] = []
    for number in range((last - first).days + 2):
        day = first + number * A_DAY
        if day <= last and not works(day):
            run.append(day)
            continue
        if any(one.weekday() < SATURDAY for one in run):
            found |= dict.fromkeys(run, Rest.OFF)
        run = []
        if day <= last and day.weekday() >= SATURDAY:
            found[day] = Rest.WORKED
    return found


def _by_day(chat: Chat, found: Sequence[_Found], unusual: Mapping[date, Rest]) -> list[Day]:
    lines: dict[date, list[Line]] = {day: [] for day in unusual}
    for one in found:
        lines.setdefault(chat.day(one.coming.at), []).append(_line(chat, one))
    made: list[Day] = []
    for day in sorted(lines):
        new = Day(day, day, unusual.get(day, Rest.NOTHING), lines[day])
        if made and _goes_on(made[-1], new):
            made[-1] = replace(made[-1], last=day)
        else:
            made.append(new)
    return made


def _goes_on(before: Day, after: Day) -> bool:
    """Whether two days off without lines are told as one stretch."""
    quiet = not before.lines and not after.lines and before.rest is after.rest is Rest.OFF
    return quiet and after.first == before.last + A_DAY


def _line(chat: Chat, found: _Found) -> Line:
    return Line(chat.local(found.coming.at).time(), found.coming.shown, found.coming.text, found.group)


def _message(found: Calendar, about: Subject) -> Message:
    return Message("upcoming.calendar", {"calendar": found}, subject=about, silent=True)


def current_calendar(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """A group's calendar as it is now."""
    group = stores.chats.look_up(ChatId(about.ids[0]))
    return None if group is None else _message(_of_group(stores, group, at), about)


def tend(stores: Stores, slot: datetime) -> None:
    """Post the week's calendar where the setting asks for it, once a week, and bring posted ones up to date."""
    if not any(one.name is Name.UPCOMING and one.value == Posting.WEEKLY for one in stores.settings.all()):
        return
    works = workdays(stores)
    for group in stores.chats.groups():
        hour = group.local(slot).hour
        if MORNING <= hour <= EVENING and value_of(stores, Name.UPCOMING, chat=group) == Posting.WEEKLY:
            _tend(stores, group, slot, is_workday=works(group.day(slot)))


def _tend(stores: Stores, group: Chat, slot: datetime, *, is_workday: bool) -> None:
    about = subject(group.id)
    key = f"{about}:{group.week(slot)}"
    if _is_of_this_week(stores, group, slot):
        stores.outbox.refresh(about, key=f"{key}:{slot.timestamp():.0f}")
        return
    found = _of_group(stores, group, slot)
    if is_workday and found.days:
        stores.outbox.delete(about, key=f"{key}:before")
        stores.outbox.send(group.id, _message(found, about), key=key)


def _is_of_this_week(stores: Stores, group: Chat, at: datetime) -> bool:
    """Whether the group's calendar was said this week, or waits to be."""
    newest = stores.outbox.message_about(subject(group.id))
    if newest is None:
        return stores.outbox.stands(subject(group.id))
    said_at = stores.outbox.said_at(group.id, newest)
    return said_at is not None and group.week(said_at) == group.week(at)


# Each hour; what is to be said is decided on each group's own clock.
TEND = Schedule("upcoming.tend", cron="5 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(CALENDAR, jobs=(EnterpriseJob(TEND, tend),), current={CALENDAR: current_calendar})
