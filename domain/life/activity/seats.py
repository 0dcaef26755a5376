"""Who gets a seat: in the order of signing up; whoever needs more seats than are free waits.

Seats do not stay empty for somebody who needs more of them: whoever is behind in the queue and fits moves up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.activity.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.life.activity.model import Signup


def taken(people: Iterable[Signup]) -> int:
    """How many seats are taken, with the families."""
    return sum(one.seats for one in people if one.place is Place.IN)


def left(capacity: int, people: Iterable[Signup]) -> int | None:
    """How many seats are free; `None` without a limit."""
    return max(0, capacity - taken(people)) if capacity else None


def place(capacity: int, others: Iterable[Signup], seats: int) -> Place:
    """What somebody gets who needs so many seats."""
    free = left(capacity, others)
    return Place.IN if free is None or seats <= free else Place.WAITING


def moving_up(capacity: int, people: Iterable[Signup]) -> Sequence[Signup]:
    """Who of those who wait gets a seat now, the first in the queue first."""
    people = sorted(people, key=lambda one: (one.at, one.id))
    free, found = left(capacity, people), []
    for one in people:
        if one.place is Place.WAITING and (free is None or one.seats <= free):
            found.append(one)
            free = None if free is None else free - one.seats
    return found
