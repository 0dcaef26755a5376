"""From what is known of each subject to its score, its rank and its stars. Pure: the same facts, the same result.

The steps, in this order. The score is the sum of the weights, each by the share that was reached, rounded to
hundredths; what there is nothing to count of is left out, and the other weights are scaled up to 100. Subjects are put
in order by score, equal ones by the criteria of the scheme's tie rule. From the first on, each gets the best grade
that its score reaches, that no veto and no cap forbids, and of which a place is left by every quota.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.life.evaluation.scheme import NUMBER, PEOPLE, PREVIOUS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from domain.life.evaluation.scheme import Quota, Scheme
    from domain.people.branch import BranchKind

HUNDREDTHS = 100


class Because(StrEnum):
    """Why somebody has fewer stars than the score alone would give."""

    VETO = "veto"
    SATISFACTION = "satisfaction"
    QUOTA = "quota"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a subject. `values` are those of its indicators by name, `None` where there is nothing to count.

    A value that people give and have not given counts as 0. `previous` are the stars of last time.
    """

    number: int
    values: Mapping[str, Fraction | None]
    level: BranchKind | None = None
    vetoes: Collection[str] = ()
    previous: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """Score (in hundredths of a point), rank (equal scores share it), place after the tie rule, and stars.

    `because` are the reasons for fewer stars than the score reaches. `tied_by` is the criterion that put it behind the
    one before, which has the same score.
    """

    number: int
    score: int
    rank: int
    place: int
    stars: int
    because: Sequence[Because] = ()
    tied_by: str = ""
    earned: Mapping[str, int] = field(default_factory=dict)


def score(scheme: Scheme, facts: Facts) -> int:
    """The score of a subject in hundredths, from 0 to 10000."""
    return _rounded(sum((part for part in _parts(scheme, facts).values()), Fraction(0)))


def earned(scheme: Scheme, facts: Facts) -> Mapping[str, int]:
    """What each indicator that counts has brought, in hundredths of a point."""
    return {name: _rounded(part) for name, part in _parts(scheme, facts).items()}


def _parts(scheme: Scheme, facts: Facts) -> Mapping[str, Fraction]:
    counting = {one: _value(facts, one.name, scored=one.is_scored) for one in scheme.items}
    total = sum(one.weight for one, value in counting.items() if value is not None)
    return {
        one.name: Fraction(one.weight * WHOLE, total) * one.share(value)
        for one, value in counting.items()
        if value is not None
    }


def _value(facts: Facts, name: str, *, scored: bool) -> Fraction | None:
    found = facts.values.get(name)
    return Fraction(0) if found is None and scored else found


def _rounded(points: Fraction) -> int:
    """In hundredths; halves go up."""
    return int(points * HUNDREDTHS + Fraction(1, 2))


def place(scheme: Scheme, all_facts: Iterable[Facts]) -> list[Placed]:
    """All subjects by place. The order in which they are given does not matter."""
    scored = [(score(scheme, one), one) for one in all_facts]
    ordered = sorted(scored, key=lambda pair: (-pair[0], *(_key(scheme, word, pair[1]) for word in scheme.ties)))
    levels = Counter(one.level for _, one in ordered)
    places = _Places(scheme.quotas, levels, len(ordered))
    ranks = _ranks([points for points, _ in ordered])
    ties = ["", *(_tie(scheme, one, other) for one, other in pairwise(ordered))]
    found = []
    for number, (points, one) in enumerate(ordered):
        stars, because = _stars(scheme, points, one, places)
        earned_here = earned(scheme, one)
        found.append(Placed(one.number, points, ranks[number], number + 1, stars, because, ties[number], earned_here))
    return found


def _key(scheme: Scheme, word: str, facts: Facts) -> Fraction:
    """What a criterion sorts by: the lowest comes first."""
    if word == NUMBER:
        return Fraction(facts.number)
    if word == PREVIOUS:
        return Fraction(-facts.previous)
    if word == PEOPLE:
        return Fraction(-facts.people)
    item = scheme.item(word)
    value = None if item is None else _value(facts, word, scored=item.is_scored)
    return Fraction(1) if item is None or value is None else -item.share(value)


def _tie(scheme: Scheme, one: tuple[int, Facts], other: tuple[int, Facts]) -> str:
    if one[0] != other[0]:
        return ""
    return next((word for word in scheme.ties if _key(scheme, word, one[1]) != _key(scheme, word, other[1])), "")


def _ranks(points: Sequence[int]) -> list[int]:
    ranks: list[int] = []
    for number, mine in enumerate(points):
        ranks.append(ranks[-1] if number and points[number - 1] == mine else number + 1)
    return ranks


def _stars(scheme: Scheme, points: int, facts: Facts, places: _Places) -> tuple[int, Sequence[Because]]:
    reached = next((one.stars for one in scheme.grades if points >= one.least * HUNDREDTHS), 0)
    stars, because = reached, []
    for reason, cap in _caps(scheme, facts):
        if cap < stars:
            stars = cap
            because.append(reason)
    allowed = [one.stars for one in scheme.grades if one.stars <= stars]
    for grade in allowed:
        if places.take(grade, facts.level):
            if grade < stars:
                because.append(Because.QUOTA)
            return grade, because
    if allowed and stars:
        because.append(Because.QUOTA)
    return 0, because


def _caps(scheme: Scheme, facts: Facts) -> Iterable[tuple[Because, int]]:
    happened = [one.stars for one in scheme.vetoes if one.name in facts.vetoes]
    if happened:
        yield Because.VETO, min(happened)
    limit = scheme.satisfaction
    item = None if limit is None else scheme.item(limit.item)
    if limit is None or item is None:
        return
    value = _value(facts, item.name, scored=item.is_scored)
    if value is not None and _percent(value, item.points) < limit.below:
        yield Because.SATISFACTION, limit.stars


def _percent(value: Fraction, points: int) -> Fraction:
    """A figure of the store as it is; points as hundredths of what can be given."""
    return value * WHOLE / points if points else value


class _Places:
    """The places that the quotas have left."""

    def __init__(self, quotas: Sequence[Quota], levels: Mapping[BranchKind | None, int], subjects: int) -> None:
        self._quotas = quotas
        self._left = [one.places(subjects if one.level is None else levels.get(one.level, 0)) for one in quotas]

    def take(self, stars: int, level: BranchKind | None) -> bool:
        """Take a place, if every quota has one left."""
        meant = [n for n, one in enumerate(self._quotas) if one.stars == stars and one.level in (None, level)]
        if any(self._left[n] <= 0 for n in meant):
            return False
        for number in meant:
            self._left[number] -= 1
        return True
