"""Arithmetic on days, weeks and months. Weeks begin on Monday."""

from calendar import monthrange
from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6


def week_day(today: date, weeks: int, weekday: int) -> date:
    """The weekday (0 is Monday) of the week that lies `weeks` after today's."""
    return today + timedelta(days=weekday - today.weekday(), weeks=weeks)


def month_day(today: date, months: int, day: int) -> date:
    """The day of the month that lies `months` after today's. Raises ValueError where it has no such day."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, day)


def month_end(today: date, months: int) -> date:
    """The last day of the month that lies `months` after today's."""
    first = month_day(today, months, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def later_by_months(today: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it is shorter."""
    return min(month_day(today, months, 1) + timedelta(days=today.day - 1), month_end(today, months))


def quarter_end(today: date, quarters: int) -> date:
    """The last day of the quarter that lies `quarters` after today's."""
    return month_end(today, (3 - today.month) % 3 + 3 * quarters)


def coming(today: date, month: int, day: int) -> date:
    """The next such date, today included. Raises ValueError where that year has none (2月29日)."""
    return date(today.year + ((month, day) < (today.month, today.day)), month, day)
