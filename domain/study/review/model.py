"""Questions that come back to somebody, and what the store knows of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from domain.ids import ChatId, MemberId, QuestionId
    from domain.study.review.schedule import Memory

MAX_REVIEWS_PER_DAY = 5


class ReviewOver(Refusal):
    """A question of another day's review."""

    text = "review.over"


class NotHere(Refusal):
    """What is not known is one's own affair: it is asked in private alone."""

    text = "general.private_only"


@dataclass(frozen=True, slots=True)
class Review:
    """A question that comes back to somebody. `version` is that of the question as they answered it.

    Once they know it (`known_on`), it stays away until they answer it wrongly somewhere.
    """

    member: MemberId
    question: QuestionId
    version: int
    memory: Memory
    known_on: date | None = None


class Reviews(Protocol):
    """Questions that come back, in the store. One that may be asked no more is left out, but for `get`."""

    def get(self, member: MemberId, question: QuestionId) -> Review | None:
        """A question that comes back to somebody, or did."""

    def save(self, review: Review) -> None:
        """Remember when it comes back."""

    def due(self, member: MemberId, day: date, most: int) -> list[Review]:
        """What is due on a day: the longest overdue first, then what is known least."""

    def next_on(self, member: MemberId) -> date | None:
        """The day on which something is due next; it may be past."""

    def people_due(self, group: ChatId, day: date) -> Collection[MemberId]:
        """Who is in a group, has something due on a day, and has not paused."""

    def is_paused(self, member: MemberId) -> bool:
        """Whether somebody does not want to be asked."""

    def pause(self, member: MemberId, since: date) -> None:
        """Somebody does not want to be asked."""

    def resume(self, member: MemberId) -> None:
        """Somebody wants to be asked again."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What comes back to a stand-in comes back to their account, but for what does so already."""

    def drop(self, member: MemberId) -> None:
        """Nothing comes back to somebody any more."""
