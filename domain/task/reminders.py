"""When a task reminds its owner."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.chat import Chat

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(8)
MORNING = time(9)


class Reminder(StrEnum):
    """When an open task speaks up."""

    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"


def reminders(due_at: datetime, group: Chat) -> list[tuple[Reminder, datetime]]:
    """When a task reminds its owner: the morning before, two hours before, once overdue; never at night.

    What would fall into the night comes at its end, or not at all when the deadline has passed by then.
    """
    due = group.local(due_at)
    morning_before = datetime.combine(due.date() - timedelta(days=1), MORNING, due.tzinfo)
    two_hours = _after_the_night(due - timedelta(hours=2))
    planned = [(Reminder.DAY_BEFORE, morning_before)]
    if two_hours < due:
        planned.append((Reminder.TWO_HOURS, two_hours))
    planned.append((Reminder.OVERDUE, _after_the_night(due + timedelta(minutes=1))))
    return planned


def _after_the_night(moment: datetime) -> datetime:
    if moment.time() >= QUIET_FROM:
        return datetime.combine(moment.date() + timedelta(days=1), QUIET_UNTIL, moment.tzinfo)
    if moment.time() < QUIET_UNTIL:
        return datetime.combine(moment.date(), QUIET_UNTIL, moment.tzinfo)
    return moment
