"""Periods, and the days of their spots: arithmetic on days; the caller says which are worked."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING

from domain.work.rhythm.model import MONTHS, By, DayOff, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.work.rhythm.model import Rhythm, Spot

A_DAY = timedelta(days=1)
DAYS_A_WEEK, MONTHS_A_YEAR = 7, 12
LAST_YEAR = 9000  # no period begins later: far from where dates end


def periods(rhythm: Rhythm, day: date) -> Iterator[tuple[date, date]]:
    """The first and the last day of each period that counts, from the one that a day is in."""
    start = number_of(rhythm.unit, day)
    for number in count(start + (rhythm.phase - start) % rhythm.every, rhythm.every):
        first = _first(rhythm.unit, number)
        if first.year > LAST_YEAR:
            return
        yield first, _first(rhythm.unit, number + 1) - A_DAY


def number_of(unit: Unit, day: date) -> int:
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


def day_of(rhythm: Rhythm, spot: Spot, first: date, last: date, is_workday: Callable[[date], bool]) -> date | None:
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
    number = number_of(Unit.MONTH, first) + month - 1 if month > 0 else number_of(Unit.MONTH, last) + month + 1
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
