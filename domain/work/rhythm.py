"""Rhythms: the days on which something comes again, and what becomes of one that falls on a day off.

A rhythm divides time into periods (days, weeks, months, …) and has one or more spots in each. A spot of a period is a
turn; turns have an order that no calendar changes, so that a later change of the days off neither skips nor doubles
one. Everything here is arithmetic on days: the caller says which days are worked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

A_DAY = timedelta(days=1)
DAYS_A_WEEK, MONTHS_A_YEAR = 7, 12
SATURDAY = 5
MAX_EVERY = 12
LAST_YEAR = 9000  # no period begins later: far from where dates end
MAX_LOOKED_AT = 4000  # periods, until a rhythm that never comes is given up
MAX_LEAD_DAYS = 62


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


def in_phase(rhythm: Rhythm, now: datetime, place: Place) -> Rhythm:
    """The rhythm whose first period is the first in which a turn is still to come."""
    if rhythm.every == 1:
        return rhythm
    each = replace(rhythm, every=1, phase=0)
    first = next((one for one in following(each, now, place) if due_at(each, one, place) > now), None)
    return rhythm if first is None else replace(rhythm, phase=_number(rhythm.unit, first.turn.period) % rhythm.every)


def following(rhythm: Rhythm, since: Turn | datetime, place: Place) -> Iterator[Occurrence]:
    """The occurrences behind a turn, or from the period of a moment on, in their order.

    It ends where none comes for a long time: a rhythm may have only spots that do not exist.
    """
    begin = since.period if isinstance(since, Turn) else since.astimezone(ZoneInfo(place.zone)).date()
    empty = 0
    for first, last in _periods(rhythm, begin):
        found = _in_period(rhythm, first, last, place.is_workday)
        yield from (one for one in found if not isinstance(since, Turn) or one.turn > since)
        empty = 0 if found else empty + 1
        if empty > MAX_LOOKED_AT:
            return


def _in_period(rhythm: Rhythm, first: date, last: date, is_workday: Callable[[date], bool]) -> list[Occurrence]:
    days = (_day(rhythm, spot, first, last, is_workday) for spot in rhythm.spots)
    return [Occurrence(Turn(first, number), day) for number, day in enumerate(days) if day is not None]


def next_after(rhythm: Rhythm, moment: datetime, place: Place) -> Occurrence | None:
    """The first occurrence that is due after a moment; `None` where there is none."""
    return next((one for one in following(rhythm, moment, place) if due_at(rhythm, one, place) > moment), None)


def due_at(rhythm: Rhythm, one: Occurrence, place: Place) -> datetime:
    """When an occurrence is due; a local time that a spring clock change skips comes an hour later."""
    return _at(one.day, rhythm.clock, place)


def give_at(rhythm: Rhythm, one: Occurrence, place: Place) -> datetime:
    """When an occurrence is given: on a morning some workdays before it is due, and always before that."""
    due, day = due_at(rhythm, one, place), one.day
    for _ in range(LEAD[rhythm.unit]):
        day = _workday_before(day, place.is_workday)
    given = _at(day, place.morning, place)
    return given if given < due else _at(_workday_before(day, place.is_workday), place.morning, place)


def _at(day: date, clock: time, place: Place) -> datetime:
    zone = ZoneInfo(place.zone)
    return datetime.combine(day, clock, zone).astimezone(UTC).astimezone(zone)


def _workday_before(day: date, is_workday: Callable[[date], bool]) -> date:
    """The last workday before a day; the day before it in a calendar without one for two months."""
    near = (day - number * A_DAY for number in range(1, MAX_LEAD_DAYS))
    return next((one for one in near if is_workday(one)), day - A_DAY)


@dataclass(frozen=True, slots=True)
class Missed:
    """What a rhythm has brought since a turn: the occurrences to give now, and the last turn that is settled by it."""

    give: list[Occurrence]
    settled: Turn


def brought(rhythm: Rhythm, settled: Turn, now: datetime, place: Place, *, catch_up: CatchUp, most: int) -> Missed:
    """What is to be given at a moment, behind the turn that was settled last; at most so many occurrences at once.

    Occurrences that are not due yet are given each. Of those that are, all by CatchUp.EACH; else the last one, where
    nothing is still to come. What is left out is settled as well; what is too much for once comes at the next moment.
    """
    found: list[Occurrence] = []
    for one in following(rhythm, settled, place):
        if give_at(rhythm, one, place) > now or (catch_up is CatchUp.EACH and len(found) == most):
            break
        found.append(one)
    last = found[-1].turn if found else settled
    if catch_up is CatchUp.EACH:
        return Missed(found, last)
    ahead = [one for one in found if due_at(rhythm, one, place) > now]
    return Missed((ahead or found[-1:])[-most:], last)


# --- periods and the days in them ------------------------------------------------------------------------------------


def _periods(rhythm: Rhythm, day: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each period that counts, from the one that a day is in."""
    start = _number(rhythm.unit, day)
    for number in count(start + (rhythm.phase - start) % rhythm.every, rhythm.every):
        first = _first(rhythm.unit, number)
        if first.year > LAST_YEAR:
            return
        yield first, _first(rhythm.unit, number + 1) - A_DAY


def _number(unit: Unit, day: date) -> int:
    """The number of the period that a day is in, counted from the beginning of the calendar."""
    if unit is Unit.DAY:
        return day.toordinal()
    if unit is Unit.WEEK:
        return (day.toordinal() - 1) // DAYS_A_WEEK  # the calendar's first day is a Monday
    return (day.year * MONTHS_A_YEAR + day.month - 1) // MONTHS[unit]


def _first(unit: Unit, number: int) -> date:
    """The first day of a period."""
    if unit is Unit.DAY:
        return date.fromordinal(number)
    if unit is Unit.WEEK:
        return date.fromordinal(number * DAYS_A_WEEK + 1)
    year, month = divmod(number * MONTHS[unit], MONTHS_A_YEAR)
    return date(year, month + 1, 1)


def _day(rhythm: Rhythm, spot: Spot, first: date, last: date, is_workday: Callable[[date], bool]) -> date | None:
    """The day of a spot in a period; `None` where the period has none."""
    if spot.month:
        first, last = _month_of(first, last, spot.month)
    if spot.by is By.WORKDAY:
        return _workday(spot.n, first, last, is_workday)
    found = _weekday(spot, first, last) if spot.by is By.WEEKDAY else _plain(spot.n, first, last)
    if found is None or rhythm.off is DayOff.KEEP or is_workday(found):
        return found
    step = A_DAY if rhythm.off is DayOff.AFTER else -A_DAY
    return _near(found, first, last, is_workday, step) or _near(found, first, last, is_workday, -step)


def _month_of(first: date, last: date, month: int) -> tuple[date, date]:
    """The first and last day of a month of a period, which is no shorter than a month."""
    number = _number(Unit.MONTH, first) + month - 1 if month > 0 else _number(Unit.MONTH, last) + month + 1
    return _first(Unit.MONTH, number), _first(Unit.MONTH, number + 1) - A_DAY


def _plain(n: int, first: date, last: date) -> date:
    return min(first + (n - 1) * A_DAY, last) if n > 0 else max(last + (n + 1) * A_DAY, first)


def _weekday(spot: Spot, first: date, last: date) -> date | None:
    weekday = spot.weekday or 0
    if spot.n > 0:
        found = first + ((weekday - first.weekday()) % DAYS_A_WEEK + DAYS_A_WEEK * (spot.n - 1)) * A_DAY
    else:
        found = last - ((last.weekday() - weekday) % DAYS_A_WEEK - DAYS_A_WEEK * (spot.n + 1)) * A_DAY
    return found if first <= found <= last else None


def _workday(n: int, first: date, last: date, is_workday: Callable[[date], bool]) -> date | None:
    """The `n`-th workday, the outermost one where there are fewer; `None` where there is none."""
    step, day = (A_DAY, first) if n > 0 else (-A_DAY, last)
    found, left = None, abs(n)
    while left and first <= day <= last:
        if is_workday(day):
            found, left = day, left - 1
        day += step
    return found


def _near(day: date, first: date, last: date, is_workday: Callable[[date], bool], step: timedelta) -> date | None:
    while first <= day <= last:
        if is_workday(day):
            return day
        day += step
    return None
