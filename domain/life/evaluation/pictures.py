"""A board of stars and the certificate of a branch, team or person, as a message has them (decision 17)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.messaging.message import Picture

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.messaging.message import Storable

MAX_LINES = 12  # as many as a board draws


@dataclass(frozen=True, slots=True)
class Starred:
    """A line of a board: rank, name, score in hundredths, stars."""

    rank: int
    name: str
    score: int
    stars: int


@dataclass(frozen=True, slots=True)
class Days:
    """The days that were evaluated, the first and the last among them."""

    first: date
    last: date


def board(title: str, days: Days, lines: Sequence[Starred]) -> Picture:
    """The first of those who were evaluated, by rank; how many are missing is told below."""
    shown = lines[:MAX_LINES]
    values: dict[str, Storable] = {
        "title": plain.tidy(title),
        "first": days.first.isoformat(),
        "last": days.last.isoformat(),
        "lines": [
            {"rank": one.rank, "name": plain.tidy(one.name), "score": one.score / 100, "stars": one.stars}
            for one in shown
        ],
        "more": len(lines) - len(shown),
    }
    return Picture("evaluation.board", values)


@dataclass(frozen=True, slots=True)
class Award:
    """What the certificate says: who got which grade in which evaluation, by whom and when it became final."""

    name: str
    grade: str
    title: str
    days: Days
    issuer: str
    day: date
    is_team: bool = True


def certificate(award: Award) -> Picture:
    """The certificate, as a message has it."""
    values: dict[str, Storable] = {
        "name": plain.tidy(award.name),
        "is_team": award.is_team,
        "grade": plain.tidy(award.grade),
        "title": plain.tidy(award.title),
        "first": award.days.first.isoformat(),
        "last": award.days.last.isoformat(),
        "issuer": plain.tidy(award.issuer),
        "day": award.day.isoformat(),
    }
    return Picture("evaluation.certificate", values)
