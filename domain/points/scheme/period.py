"""Spans of the calendar over which points are capped and added up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

A_DAY = timedelta(days=1)
MONTHS = 12


class Period(StrEnum):
    """A span of the calendar, from the shortest."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def span(self, day: date) -> Span:
        """The one that a day is in."""
        if self is Period.DAY:
            return Span(self, day, day)
        if self is Period.WEEK:
            first = day - timedelta(days=day.weekday())
            return Span(self, first, first + timedelta(days=6))
        months = LENGTH[self]
        month = (day.month - 1) // months * months + 1
        after = month + months
        end = date(day.year + 1, 1, 1) if after > MONTHS else date(day.year, after, 1)
        return Span(self, date(day.year, month, 1), end - A_DAY)


LENGTH = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: MONTHS}  # months
ORDER = {period: place for place, period in enumerate(Period)}


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one period, the first and the last among them."""

    period: Period
    first: date
    last: date

    @property
    def next(self) -> Span:
        """The one after it."""
        return self.period.span(self.last + A_DAY)

    @property
    def before(self) -> Span:
        """The one before it."""
        return self.period.span(self.first - A_DAY)
