"""The moments at which a task reminds its owner."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet

MORNING = time(9)  # unless the settings have another
A_DAY = timedelta(days=1)
MAX_DAYS_OFF = 31  # in a row; more are a calendar that is wrong


class Reminder(StrEnum):
    """When an open task speaks up."""

    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"


def always(_: date) -> bool:
    """A calendar in which every day is a workday."""
    return True


def nearest_workday(day: date, is_workday: Callable[[date], bool], step: timedelta) -> date:
    """The first workday from a day on, forwards or backwards by `step`; the day itself if there is none for a month."""
    near = (day + number * step for number in range(MAX_DAYS_OFF))
    return next((one for one in near if is_workday(one)), day)


def reminders(
    due_at: datetime,
    group: Chat,
    quiet: Quiet | None,
    morning: time = MORNING,
    *,
    is_workday: Callable[[date], bool] = always,
    given_at: datetime | None = None,
) -> list[tuple[Reminder, datetime]]:
    """A task's reminders: on the morning before, two hours before, and once when it is overdue.

    One that falls into quiet hours comes at their end, or not at all if the deadline has passed by then. One that
    falls on a day off comes on the morning of the last workday before it, or, about an overdue task, of the next one.
    If the task was given after that morning, its owner works on the day off: the one two hours before stays there.
    """

    def after_quiet(moment: datetime) -> datetime:
        return moment if quiet is None else quiet.end(moment)

    def on_workday(moment: datetime, step: timedelta = -A_DAY) -> datetime:
        day = nearest_workday(moment.date(), is_workday, step)
        return moment if day == moment.date() else after_quiet(datetime.combine(day, morning, due.tzinfo))

    due = group.local(due_at)
    morning_before = on_workday(after_quiet(datetime.combine(due.date() - A_DAY, morning, due.tzinfo)))
    two_hours = after_quiet(due - timedelta(hours=2))
    planned = [(Reminder.DAY_BEFORE, morning_before)]
    moved = on_workday(two_hours)  # if it is another day: the morning that DAY_BEFORE has already
    if two_hours < due and (moved == two_hours or (given_at is not None and moved <= given_at)):
        planned.append((Reminder.TWO_HOURS, two_hours))
    planned.append((Reminder.OVERDUE, on_workday(after_quiet(due + timedelta(minutes=1)), A_DAY)))
    return planned
