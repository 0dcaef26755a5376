"""What was learnt, in figures: pure functions of counts, so that each can be checked by hand."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.ids import QuestionId
    from domain.people.person import Rate

Z = 1.959964  # of the normal distribution: 95 of 100 intervals hold the true share
LEAST_ANSWERS = 5  # to a question, before anything is said of it
LEAST_PEOPLE = 5  # of a group, before its questions are looked at: fewer would be somebody's answers
HARDEST = 3  # questions that are told


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which shares (0 to 1) the true one lies, with 95 of 100 certainty."""

    low: float
    high: float


def wilson(right: int, answered: int) -> Interval:
    """Wilson's interval of a share: also right for few answers, for none right, and for all right.

    E. B. Wilson: Probable inference, the law of succession, and statistical inference. JASA 22 (1927), 209-212.
    Without an answer everything is possible.
    """
    if not answered:
        return Interval(0.0, 1.0)
    share, over = right / answered, Z * Z / answered
    middle = (share + over / 2) / (1 + over)
    reach = Z / (1 + over) * sqrt(share * (1 - share) / answered + over / (4 * answered))
    low = 0.0 if right == 0 else max(0.0, middle - reach)
    high = 1.0 if right == answered else min(1.0, middle + reach)
    return Interval(low, high)


@dataclass(frozen=True, slots=True)
class Share:
    """How many were right of how many: first answers, or those of a review."""

    right: int = 0
    answered: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.answered + other.answered)

    @property
    def percent(self) -> int:
        """In hundredths, rounded; 0 without an answer."""
        return round(100 * self.right / self.answered) if self.answered else 0

    @property
    def interval(self) -> Interval:
        """Where the true share lies."""
        return wilson(self.right, self.answered)

    @property
    def low(self) -> int:
        """The lower end of the interval, in hundredths."""
        return round(100 * self.interval.low)

    @property
    def high(self) -> int:
        """Its upper end."""
        return round(100 * self.interval.high)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the first answers to it."""

    question: QuestionId
    text: str
    share: Share


def hardest(asked: Iterable[Asked], people: int, most: int = HARDEST) -> list[Asked]:
    """The hardest questions: those whose share has the lowest lower bound; of equal ones the lowest upper bound.

    Only those with enough answers, some of them wrong; none where the people are so few that an answer were somebody's.
    """
    if people < LEAST_PEOPLE:
        return []
    known = [one for one in asked if one.share.answered >= LEAST_ANSWERS and one.share.right < one.share.answered]
    known.sort(key=lambda one: (one.share.interval.low, one.share.interval.high, one.question))
    return known[:most]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a group, or the groups of a branch, have learnt in a span.

    `reach` is how many of the people read something; `kept` are the reviews of questions that were wrong at first;
    `unopened` the items that nobody read or answered.
    """

    name: str
    reach: Rate
    first: Share
    kept: Share
    asked: Sequence[Asked] = ()
    unopened: Sequence[str] = ()

    @property
    def happened(self) -> bool:
        """Whether there is anything to tell: somebody read or answered."""
        return bool(self.reach.took_part or self.first.answered or self.kept.answered)

    @property
    def hardest(self) -> list[Asked]:
        """The hardest questions."""
        return hardest(self.asked, self.reach.of)


def together(asked: Iterable[Sequence[Asked]]) -> list[Asked]:
    """The questions of several groups: the answers to the same one are added up."""
    found: dict[QuestionId, Asked] = {}
    for one in (each for group in asked for each in group):
        before = found.get(one.question)
        found[one.question] = Asked(one.question, one.text, one.share + before.share) if before else one
    return list(found.values())
