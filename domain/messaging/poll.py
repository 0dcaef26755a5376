"""Polls that the platform counts: what a feature declares about those that it posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes for each option, and how many people have voted."""

    votes: tuple[int, ...]
    voters: int


@dataclass(frozen=True, slots=True)
class PollGone:
    """The message of a poll that was to be stopped was deleted."""


LastCount: TypeAlias = Tally | PollGone | None  # of a poll that was stopped; `None` where the platform gave none
