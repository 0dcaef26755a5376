"""Whether enough are there to vote, and what came of a vote.

支部工作条例 article 11: a vote takes half of those entitled to vote or more; it passes with more than half of all who
should be there. Both are counted here as more than half, as enterprises do where they write their own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


def majority(of: int) -> int:
    """The least number that is more than half."""
    return of // 2 + 1


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are entitled to vote and how many of them are there. Where none is `asked`, one of them is enough."""

    entitled: int
    present: int
    asked: bool = True

    @property
    def needed(self) -> int:
        """How many have to be there."""
        return majority(self.entitled) if self.asked else 1

    @property
    def is_met(self) -> bool:
        """Whether enough are there."""
        return self.entitled > 0 and self.present >= self.needed


class Choice(StrEnum):
    """What one votes."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Outcome(StrEnum):
    """What came of a proposal."""

    ADOPTED = "adopted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Count:
    """The votes of a proposal, and how many are entitled."""

    entitled: int
    for_: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def voted(self) -> int:
        """How many have voted."""
        return self.for_ + self.against + self.abstained

    @property
    def outcome(self) -> Outcome:
        """Adopted by more than half of all entitled, not of those who voted."""
        return Outcome.ADOPTED if self.for_ >= majority(self.entitled) else Outcome.REJECTED
