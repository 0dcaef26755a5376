"""A quarter of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

QUARTERS, MONTHS = 4, 3


class Quarter(NamedTuple):
    """A quarter, `number` 1 to 4; a later one is greater."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.later(1).first - timedelta(days=1)

    def later(self, quarters: int) -> Quarter:
        """The quarter so many quarters on; a negative number goes back."""
        year, place = divmod(self.year * QUARTERS + self.number - 1 + quarters, QUARTERS)
        return Quarter(year, place + 1)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, place = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, place + 1, 1)
    after = date(year + (place + 1) // 12, (place + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (after - first).days) - 1)
