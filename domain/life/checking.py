"""Checking in by a short code that is shown in the room: what meetings and activities have in common."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

MAX_TRIES = 5  # wrong codes of one person at one meeting or activity
CODE_DIGITS = 4
OPENS_BEFORE = timedelta(hours=2)  # check-in begins at the earliest so long before


@dataclass(frozen=True, slots=True)
class Tried:
    """A code that opens nothing: it is counted, so it is no refusal. `left` tries are left."""

    left: int


def new_code(other: str = "") -> str:
    """A code that is not the one before."""
    while (code := f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}") == other:
        pass
    return code
