"""When a task reminds its owner."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.messaging.chat import Chat
    from domain.messaging.quiet import Quiet

MORNING = time(9)  # unless the settings have another


class Reminder(StrEnum):
    """When an open task speaks up."""

    DAY_BEFORE = "day_before"
    TWO_HOURS = "two_hours"
    OVERDUE = "overdue"


def reminders(
    due_at: datetime, group: Chat, quiet: Quiet | None, morning: time = MORNING
) -> list[tuple[Reminder, datetime]]:
    """When a task reminds its owner: the morning before, two hours before, once overdue; never in quiet hours.

    What would fall into them comes at their end, or not at all when the deadline has passed by then.
    """

    def after_quiet(moment: datetime) -> datetime:
        return moment if quiet is None else quiet.end(moment)

    due = group.local(due_at)
    morning_before = after_quiet(datetime.combine(due.date() - timedelta(days=1), morning, due.tzinfo))
    two_hours = after_quiet(due - timedelta(hours=2))
    planned = [(Reminder.DAY_BEFORE, morning_before)]
    if two_hours < due:
        planned.append((Reminder.TWO_HOURS, two_hours))
    planned.append((Reminder.OVERDUE, after_quiet(due + timedelta(minutes=1))))
    return planned
