"""How much of a stretch of time lies on workdays."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

A_DAY = timedelta(days=1)
SECONDS_A_DAY = 24 * 60 * 60


class Worktime:
    """Measures in workdays: a workday is the 24 hours of a day on which people work, and days off count nothing.

    So a task that is given on Friday at 18:00 and done on Monday at 12:00 has taken 0.75 workdays. Built once for many
    moments between two of them; those before or after count as the ends.
    """

    def __init__(self, first: datetime, last: datetime, zone: str, works: Callable[[date], bool]) -> None:
        self._zone = ZoneInfo(zone)
        self._begin = self._day(first)
        length = max(0, (self._day(last) - self._begin).days) + 1
        self._works = [works(self._begin + A_DAY * number) for number in range(length)]
        self._before = [0, *accumulate(self._works)]

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def position(self, at: datetime) -> float:
        """How many workdays lie between the beginning of the first day and a moment."""
        local = at.astimezone(self._zone)
        number = (local.date() - self._begin).days
        if number < 0:
            return 0.0
        if number >= len(self._works):
            return float(self._before[-1])
        clock = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return self._before[number] + self._works[number] * clock.total_seconds() / SECONDS_A_DAY
