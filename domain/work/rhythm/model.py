"""What a rhythm is: a period, and the spots in it; a spot of a period is a turn.

Turns have an order that no calendar changes, so that a later change of the days off neither skips nor doubles one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SATURDAY = 5


class Unit(StrEnum):
    """How long a period is. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class By(StrEnum):
    """What a spot counts."""

    DAY = "day"
    WEEKDAY = "weekday"
    WORKDAY = "workday"


class DayOff(StrEnum):
    """What becomes of a day that is not worked: never another period's day."""

    KEEP = "keep"
    BEFORE = "before"  # the workday before it
    AFTER = "after"  # the workday after it


class CatchUp(StrEnum):
    """What becomes of turns whose moment passed while the program was away."""

    LATEST = "latest"  # only the last of them, and only where none is still to come
    EACH = "each"


MONTHS: Mapping[Unit, int] = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF_YEAR: 6, Unit.YEAR: 12}
# How many workdays before it is due something is given.
LEAD: Mapping[Unit, int] = {
    Unit.DAY: 0,
    Unit.WEEK: 2,
    Unit.MONTH: 5,
    Unit.QUARTER: 10,
    Unit.HALF_YEAR: 15,
    Unit.YEAR: 20,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A day of a period: the `n`-th, from its end where `n` is negative.

    `month` is the month of the period in which it is counted (1 the first, -1 the last, 0 the whole period);
    `weekday` (0 is Monday) is which one is counted by weekday. The 31st of a shorter month is its last day; a fifth
    Friday that a month does not have is left out.
    """

    by: By
    n: int
    weekday: int | None = None
    month: int = 0

    def __str__(self) -> str:
        """As the store keeps it."""
        return f"{self.by}:{self.n}:{'' if self.weekday is None else self.weekday}:{self.month}"

    @classmethod
    def read(cls, kept: str) -> Spot:
        """What the store kept. Raises ValueError."""
        by, n, weekday, month = kept.split(":")
        return cls(By(by), int(n), int(weekday) if weekday else None, int(month))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The spots of every `every`-th period, at a time of day.

    Where not every period counts, those do whose number leaves `phase` when it is divided by `every`.
    """

    unit: Unit
    spots: tuple[Spot, ...]
    clock: time
    every: int = 1
    phase: int = 0
    off: DayOff = DayOff.KEEP

    def __str__(self) -> str:
        """As the store keeps it."""
        return " ".join(
            (f"{self.unit}/{self.every}/{self.phase}", f"{self.clock:%H:%M}", self.off, *map(str, self.spots))
        )

    @classmethod
    def read(cls, kept: str) -> Rhythm:
        """What the store kept. Raises ValueError."""
        head, clock, off, *spots = kept.split(" ")
        unit, every, phase = head.split("/")
        read = tuple(Spot.read(spot) for spot in spots)
        return cls(Unit(unit), read, time.fromisoformat(clock), int(every), int(phase), DayOff(off))


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """A spot of a period: the first day of the period, and the place of the spot among the rhythm's."""

    period: date
    spot: int

    @property
    def before(self) -> Turn:
        """A mark between the turns before and this one."""
        return replace(self, spot=self.spot - 1)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A turn, and the day on which it comes."""

    turn: Turn
    day: date


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rhythm is lived: the zone (an IANA name), the hour at which work is given, and which days are worked."""

    zone: str
    morning: time
    is_workday: Callable[[date], bool]


def usual_off(unit: Unit, spots: tuple[Spot, ...]) -> DayOff:
    """What becomes of a day off where nobody has said it: near the end of a period it comes earlier, else later.

    A Saturday that somebody names is meant; a day that comes daily is nobody's to move.
    """
    if unit is Unit.DAY or any(_is_weekend(unit, spot) for spot in spots):
        return DayOff.KEEP
    return DayOff.BEFORE if any(spot.n < 0 for spot in spots) else DayOff.AFTER


def _is_weekend(unit: Unit, spot: Spot) -> bool:
    day = spot.n - 1 if unit is Unit.WEEK and spot.by is By.DAY else spot.weekday
    return day is not None and day >= SATURDAY
