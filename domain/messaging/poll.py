"""Polls that the platform counts: what a feature declares about those that it posts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes for each option, and how many people have voted."""

    votes: tuple[int, ...]
    voters: int
