"""A scheme of an evaluation: what is looked at, with which weight, and what the grades take. See docs/evaluation.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.branch import BranchKind

WHOLE = 100  # the sum of all weights, and the full score
MAX_GRADES = 8
NUMBER, PREVIOUS, PEOPLE = "number", "previous", "people"  # criteria of a tie that are no indicator


class Kind(StrEnum):
    """Who is evaluated: branches (星级党支部), teams (精益班组), or people of a branch (民主评议党员)."""

    BRANCH = "branch"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator with its weight, in hundredths of the score.

    Either `source` is the word of what the store has (`about` names it further where the word asks for that), worth
    nothing at `zero` and everything at `full`, linear between (with `zero` above `full` less is better; shares are in
    hundredths); or a reviewer gives up to `points`.
    """

    name: str
    title: str
    weight: int
    source: str = ""
    zero: int = 0
    full: int = WHOLE
    points: int = 0
    title_en: str = ""
    about: str = ""

    @property
    def is_scored(self) -> bool:
        """Whether a person gives the points."""
        return not self.source

    def share(self, value: Fraction) -> Fraction:
        """How much of the weight a value is worth, from 0 to 1."""
        low, high = (0, self.points) if self.is_scored else (self.zero, self.full)
        return min(max(Fraction(value - low) / (high - low), Fraction(0)), Fraction(1))


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (五星, 优秀) and the least score for it. `stars` orders the grades; more is better."""

    stars: int
    title: str
    least: int
    title_en: str = ""


NO_GRADE = Grade(0, "", 0)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many, or so many in a hundred (rounded down), get a grade; of one `level`, or of all."""

    stars: int
    most: int | None = None
    percent: int | None = None
    level: BranchKind | None = None

    def places(self, subjects: int) -> int:
        """How many places there are for so many subjects."""
        by_share = subjects if self.percent is None else subjects * self.percent // WHOLE
        return by_share if self.most is None else min(self.most, by_share)


@dataclass(frozen=True, slots=True)
class Veto:
    """Something that must not have happened (一票否决): where it has, there are at most so many stars."""

    name: str
    title: str
    stars: int = 0
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Where the share of an indicator, in hundredths, is below a limit, there are at most so many stars."""

    item: str
    below: int
    stars: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme. `levels` are the kinds of branches that are evaluated, `grades` the best first.

    `ties` are the criteria that decide between equal scores, in order: names of indicators (more is better), `previous`
    (more stars last time), `people` (more people), and as the last one `number` (who was entered first).
    """

    title: str
    kind: Kind
    items: Sequence[Item]
    grades: Sequence[Grade]
    ties: Sequence[str]
    levels: frozenset[BranchKind] = frozenset()
    quotas: Sequence[Quota] = ()
    vetoes: Sequence[Veto] = ()
    satisfaction: Satisfaction | None = None

    @property
    def scored(self) -> Sequence[Item]:
        """What people give points for."""
        return [one for one in self.items if one.is_scored]

    @property
    def counted(self) -> Sequence[Item]:
        """What the store has."""
        return [one for one in self.items if not one.is_scored]

    def item(self, name: str) -> Item | None:
        """An indicator by its name."""
        return next((one for one in self.items if one.name == name), None)

    def grade(self, stars: int) -> Grade:
        """A grade by its stars; `NO_GRADE` where there is none of so many."""
        return next((one for one in self.grades if one.stars == stars), NO_GRADE)
