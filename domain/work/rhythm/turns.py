"""The turns of a rhythm: when each is due and given, and what a moment brings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.calendar import nearest_workday
from domain.work.rhythm.days import A_DAY, day_of, number_of, periods
from domain.work.rhythm.model import LEAD, CatchUp, Occurrence, Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from domain.work.rhythm.model import Place, Rhythm

MAX_LOOKED_AT = 4000  # periods, until a rhythm that never comes is given up


def in_phase(rhythm: Rhythm, now: datetime, place: Place) -> Rhythm:
    """The rhythm whose first period is the first in which a turn is still to come."""
    if rhythm.every == 1:
        return rhythm
    each = replace(rhythm, every=1, phase=0)
    first = next((one for one in following(each, now, place) if due_at(each, one, place) > now), None)
    return rhythm if first is None else replace(rhythm, phase=number_of(rhythm.unit, first.turn.period) % rhythm.every)


def following(rhythm: Rhythm, since: Turn | datetime, place: Place) -> Iterator[Occurrence]:
    """The occurrences behind a turn, or from the period of a moment on, in their order.

    It ends where none comes for a long time: a rhythm may have only spots that do not exist.
    """
    begin = since.period if isinstance(since, Turn) else since.astimezone(ZoneInfo(place.zone)).date()
    empty = 0
    for first, last in periods(rhythm, begin):
        found = _in_period(rhythm, first, last, place.is_workday)
        yield from (one for one in found if not isinstance(since, Turn) or one.turn > since)
        empty = 0 if found else empty + 1
        if empty > MAX_LOOKED_AT:
            return


def _in_period(rhythm: Rhythm, first: date, last: date, is_workday: Callable[[date], bool]) -> list[Occurrence]:
    days = (day_of(rhythm, spot, first, last, is_workday) for spot in rhythm.spots)
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
    """The last workday before a day; the day before it in a calendar without one for a month."""
    return nearest_workday(day - A_DAY, is_workday, -A_DAY)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a rhythm has brought since a turn: the occurrences to give now, and the last turn that is settled by it."""

    give: list[Occurrence]
    settled: Turn


def brought(rhythm: Rhythm, settled: Turn, now: datetime, place: Place, *, catch_up: CatchUp, most: int) -> Brought:
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
        return Brought(found, last)
    ahead = [one for one in found if due_at(rhythm, one, place) > now]
    return Brought((ahead or found[-1:])[-most:], last)
