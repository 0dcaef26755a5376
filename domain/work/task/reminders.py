"""The moments at which a task reminds its owner."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from domain.clock.calendar import MAX_DAYS_OFF, nearest_workday, next_workday
from domain.work.task.light import YELLOW_DAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet

MORNING = time(9)  # unless the settings have another
A_DAY = timedelta(days=1)
DAILY = 5  # mornings of an overdue task, one after the other; later ones are the first of each week


class Reminder(StrEnum):
    """When an open task speaks up."""

    DAY_BEFORE = "day_before"  # in a morning's digest before the deadline
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"  # in a morning's digest after the deadline


def always(_: date) -> bool:
    """A calendar in which every day is a workday."""
    return True


def reminders(
    due_at: datetime,
    group: Chat,
    quiet: Quiet | None,
    morning: time = MORNING,
    *,
    is_workday: Callable[[date], bool] = always,
    given_at: datetime | None = None,
    yellow: int = YELLOW_DAYS,
    since: date | None = None,
) -> Iterator[tuple[Reminder, datetime]]:
    """A task's reminders in order, without an end.

    They come with the digests of the last `yellow` workday mornings before the deadline, and with those of the mornings
    after it: of the first five, then of the first one of each week. Mornings that fall into quiet hours come at their
    end. Those before the day `since` are left out. One more comes two hours before the deadline, where the digest of
    that day cannot have it: it comes later, or came before the task was given.

    The one of two hours comes at the end of quiet hours, or not at all if the deadline has passed by then. On a day
    off it is left out too, unless the task was given after the last workday's morning: its owner works then.
    """

    def after_quiet(moment: datetime) -> datetime:
        return moment if quiet is None else quiet.end(moment)

    def on(day: date) -> datetime:
        return after_quiet(datetime.combine(day, morning, due.tzinfo))

    due = group.local(due_at)
    two_hours = after_quiet(due - timedelta(hours=2))
    last_workday = nearest_workday(two_hours.date(), is_workday, -A_DAY)
    works_then = last_workday == two_hours.date() or (given_at is not None and on(last_workday) <= given_at)
    has_digest = is_workday(due.date()) and _utc(on(due.date())) <= _utc(two_hours)
    is_told = has_digest and (given_at is None or given_at <= on(due.date()))
    comes = works_then and _utc(two_hours) < _utc(due) and not is_told
    end = two_hours if comes else due
    is_past = since is not None and since > due.date()
    for day in [] if is_past else _days_before(due.date(), yellow, is_workday):
        if _utc(on(day)) < _utc(end) and (since is None or day >= since):
            yield Reminder.DAY_BEFORE, on(day)
    if comes:
        yield Reminder.TWO_HOURS, two_hours
    for day in _days_after(due.date(), is_workday, lambda one: _utc(on(one)) > _utc(due), since):
        yield Reminder.OVERDUE, on(day)


def _utc(moment: datetime) -> datetime:
    """A moment that can be compared: two of one zone compare by their clocks, and in autumn an hour comes twice."""
    return moment.astimezone(UTC)


def _days_before(last: date, count: int, is_workday: Callable[[date], bool]) -> list[date]:
    """The last so many workdays up to a day, oldest first."""
    back = (last - number * A_DAY for number in range(MAX_DAYS_OFF + 3 * count))
    return list(islice((day for day in back if is_workday(day)), count))[::-1]


def _days_after(
    due: date, is_workday: Callable[[date], bool], is_over: Callable[[date], bool], since: date | None
) -> Iterator[date]:
    """The workdays on which an overdue task speaks."""
    day, told = nearest_workday(due, is_workday, A_DAY), 0
    while True:
        told += is_over(day)
        speaks = is_over(day) and (told <= DAILY or _is_first_of_week(day, is_workday))
        if speaks and (since is None or day >= since):
            yield day
        ahead = day if since is None or told <= DAILY else max(day, since - A_DAY)
        day = next_workday(ahead, is_workday)


def _is_first_of_week(day: date, is_workday: Callable[[date], bool]) -> bool:
    return not any(is_workday(day - number * A_DAY) for number in range(1, day.weekday() + 1))
