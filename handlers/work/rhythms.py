"""Rhythms as people write them, as the domain's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.work.rhythm import By, DayOff, Rhythm, Spot, Unit, usual_off
from handlers.arguments import USUAL, BadArguments
from language import deadline, rhythm

if TYPE_CHECKING:
    from language.deadline import Working


def read(text: str, working: Working = USUAL) -> tuple[Rhythm, str] | None:
    """A rhythm at the start of a text, and the text after it; `None` where there is none. Raises BadArguments."""
    try:
        found = rhythm.read(text, working=working)
    except deadline.DeadlineError as error:
        name = "recurring.unclear" if isinstance(error, deadline.Unclear) else "recurring.no_such_day"
        raise BadArguments(name, written=error.written) from error
    return None if found is None else (as_rhythm(found.said), found.rest)


def begins(text: str) -> bool:
    """Whether a text begins with a rhythm, or with what was meant as one."""
    try:
        return rhythm.read(text) is not None
    except deadline.DeadlineError:
        return True


def as_rhythm(said: rhythm.Said) -> Rhythm:
    """What was said, with what is usual where nothing was said about days off."""
    unit = Unit(said.unit)
    spots = tuple(Spot(By(one.by), one.n, one.weekday, one.month) for one in said.spots)
    off = usual_off(unit, spots) if said.off is None else DayOff(said.off)
    return Rhythm(unit, spots, said.clock, said.every, 0, off)
