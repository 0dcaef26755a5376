"""Rhythms: the days on which something comes again, and what becomes of one that falls on a day off."""

from domain.work.rhythm.model import (
    LEAD,
    MONTHS,
    By,
    CatchUp,
    DayOff,
    Occurrence,
    Place,
    Rhythm,
    Spot,
    Turn,
    Unit,
    usual_off,
)
from domain.work.rhythm.turns import Brought, brought, due_at, following, give_at, in_phase, next_after

__all__ = [
    "LEAD",
    "MONTHS",
    "Brought",
    "By",
    "CatchUp",
    "DayOff",
    "Occurrence",
    "Place",
    "Rhythm",
    "Spot",
    "Turn",
    "Unit",
    "brought",
    "due_at",
    "following",
    "give_at",
    "in_phase",
    "next_after",
    "usual_off",
]
