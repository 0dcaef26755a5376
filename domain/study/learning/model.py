"""What is needed of the store to tell what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ChatId, MemberId
    from domain.study.learning.figures import Asked, Share


class LearningFigures(Protocol):
    """What people have read and answered, counted by the store; nobody's name is in it."""

    def readers(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has read an item of a group between two moments."""

    def asked(self, group: ChatId, since: datetime, until: datetime) -> list[Asked]:
        """The questions that people of a group have answered for the first time ever, by number; no hasty answers."""

    def kept(self, group: ChatId, since: datetime, until: datetime) -> Share:
        """Reviews of questions to which somebody's answer was wrong before."""

    def unopened(self, group: ChatId, since: datetime, until: datetime) -> list[str]:
        """The titles of the items that a group was shown between two moments, and that nobody read or answered."""


class HasLearning(Protocol):
    """Stores with this one among them."""

    @property
    def learning(self) -> LearningFigures:
        """See `LearningFigures`."""
