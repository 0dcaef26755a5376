"""Periods of the calendar, over which points are capped, added up, ranked and settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

A_DAY = timedelta(days=1)
MONTHS = 12


class Every(StrEnum):
    """How long a period is, from the shortest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTH = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: MONTHS}  # months
ORDER = {every: place for place, every in enumerate(Every)}


@dataclass(frozen=True, slots=True)
class Period:
    """The days of one period, the first and the last among them."""

    every: Every
    first: date
    last: date

    @property
    def end(self) -> date:
        """The day after it."""
        return self.last + A_DAY

    @property
    def next(self) -> Period:
        """The one after it."""
        return containing(self.every, self.end)

    @property
    def before(self) -> Period:
        """The one before it."""
        return containing(self.every, self.first - A_DAY)


@lru_cache(maxsize=1024)
def containing(every: Every, day: date) -> Period:
    """The period in which a day lies."""
    if every is Every.DAY:
        return Period(every, day, day)
    if every is Every.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(every, first, first + timedelta(days=6))
    length = LENGTH[every]
    month = (day.month - 1) // length * length
    return Period(every, date(day.year, month + 1, 1), _month(day.year, month + length) - A_DAY)


def _month(year: int, months: int) -> date:
    """The first day of a month, counted from January (0) of a year."""
    return date(year + months // MONTHS, months % MONTHS + 1, 1)
