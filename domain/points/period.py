"""Periods of a board: weeks, months, quarters and years of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)
MONTHS = 12


class Every(StrEnum):
    """How long a board runs."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


LENGTH = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: MONTHS}  # months


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days: `first` belongs to it, `end` does not."""

    every: Every
    first: date
    end: date

    @property
    def before(self) -> Period:
        """The period that ends where this one begins."""
        return containing(self.every, self.first - A_DAY)


def containing(every: Every, day: date) -> Period:
    """The period in which a day lies."""
    if every is Every.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(every, first, first + timedelta(days=7))
    length = LENGTH[every]
    month = (day.month - 1) // length * length
    return Period(every, date(day.year, month + 1, 1), _month(day.year, month + length))


def _month(year: int, months: int) -> date:
    """The first day of a month, counted from January (0) of a year."""
    return date(year + months // MONTHS, months % MONTHS + 1, 1)
