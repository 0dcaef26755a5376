"""The score of a match: right first answers for each question that a team could have answered, made fair to size."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.study.match.model import Team

AVERAGE_PEOPLE = 5  # that each team has beside its own: they answer as all teams do on average


@dataclass(frozen=True, slots=True)
class Count:
    """What a team has done so far: of `possible` answers it gave so many `right`; `players` are who answered."""

    team: Team
    people: int
    possible: int
    right: int
    players: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A team's place. `score` is in tenths of a hundredth (0 to 1000); teams with the same score share a place."""

    count: Count
    score: int
    rank: int


def standings(counts: Sequence[Count], questions: int) -> list[Standing]:
    """All teams, the best first. `questions` is how many each person could have answered so far.

    A team's score is the share of right answers, of all that its people could have given, with five people more who
    answer as the people of all teams do on average. Without them, a team of three in which all know the answers would
    stand above every large one; with them it has to be better by more than chance. Teams that differ by less than what
    is shown share a place.
    """
    right, possible = sum(one.right for one in counts), sum(one.possible for one in counts)
    average = Fraction(right, possible) if possible else Fraction(0)
    scored = sorted(((_score(one, average, questions), one) for one in counts), key=lambda one: -one[0])
    return [Standing(count, score, 1 + sum(other > score for other, _ in scored)) for score, count in scored]


def _score(count: Count, average: Fraction, questions: int) -> int:
    more = AVERAGE_PEOPLE * questions
    if not count.possible:
        return 0
    return int(1000 * (count.right + more * average) / (count.possible + more) + Fraction(1, 2))


def winners(found: Sequence[Standing]) -> list[Standing]:
    """Who has won: all at the first place; nobody where nothing was right."""
    return [one for one in found if one.rank == 1 and one.count.right]
