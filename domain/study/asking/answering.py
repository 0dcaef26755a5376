"""An answer is recorded: the first on its occasion counts, and is told to whatever follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.study.asking.follow import FOLLOWS, NOTED

if TYPE_CHECKING:
    from domain.points.points import Credit
    from domain.study.attempt import Attempt
    from domain.study.features import Stores


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an answer. One that is not the first on its occasion changed nothing."""

    attempt: Attempt
    is_first: bool
    credit: Credit | None = None


def record(stores: Stores, attempt: Attempt) -> Recorded:
    """Remember an answer and credit it as its occasion does; review decides whether the question comes again."""
    if not stores.attempts.note(attempt):
        return Recorded(attempt, is_first=False)
    for note in NOTED:
        note(stores, attempt)
    recorded = FOLLOWS[attempt.occasion.kind].recorded
    return Recorded(attempt, is_first=True, credit=recorded(stores, attempt) if recorded is not None else None)
