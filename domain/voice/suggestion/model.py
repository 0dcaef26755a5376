"""What a suggestion is, what may be wrong with one, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.ids import SuggestionId
from domain.messaging.chat import Chat
from domain.people.member import Member
from domain.points.points import Credit
from domain.refusal import Refusal
from domain.voice.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId

MAX_TITLE_CHARS = 20


class TooManySuggestions(Refusal):
    """More within an hour than one person has in earnest."""

    text = "suggestion.too_many"


class TooLong(Refusal):
    """More characters than anybody reads."""

    text = "suggestion.too_long"


class Empty(Refusal):
    """No words in it."""

    text = "suggestion.usage"


@dataclass(frozen=True, slots=True)
class Tagging:
    """What a text is about: keywords as written, best first, and tags of the enterprise's table."""

    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Readers:
    """Who will see a private suggestion: those who may export `group`, nobody where it is missing.

    Without a secretary the group's administrators act for one.
    """

    group: Chat | None
    has_secretary: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion; `group` is missing for one from somebody who is in no group.

    The author of an anonymous one is shown to nobody but themselves.
    """

    id: SuggestionId
    group: ChatId | None
    author: Member
    text: str
    tagging: Tagging
    at: datetime
    repeats: int = 0
    naming: Naming = Naming.NAMED

    @property
    def title(self) -> str:
        """Its first words."""
        return title_of(self.text)


@dataclass(frozen=True, slots=True)
class Topic:
    """A tag or keyword and how many suggestions of the week have it."""

    name: str
    count: int


class Became(StrEnum):
    """What came of a message."""

    NEW = "new"
    COUNTED = "counted"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Received:
    """A suggestion that was stored, counted again, or corrected by an edit; stored ones may have a credit."""

    suggestion: Suggestion
    became: Became
    credit: Credit | None = None


class Suggestions(Protocol):
    """Suggestions in the store."""

    def add(self, suggestion: Suggestion, source: str, fingerprint: str) -> Suggestion:
        """Remember a suggestion; its id is given now."""

    def made_by(self, source: str) -> Suggestion | None:
        """The suggestion that came with a message."""

    def same(self, author: Member, fingerprint: str) -> Suggestion | None:
        """The author's suggestion of the same words."""

    def save(self, suggestion: Suggestion) -> None:
        """Remember what has changed about a suggestion."""

    def since(self, author: Member, at: datetime) -> int:
        """How many an author has made since a moment."""

    def topics(self, group: ChatId, since: datetime, until: datetime) -> list[Sequence[str]]:
        """What each of a group's suggestions between two moments is about: its tags, else its best keyword if any."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Suggestion]:
        """A group's suggestions between two moments, oldest first; at most so many."""


def title_of(text: str) -> str:
    """The first words of a text."""
    first = plain.tidy(text)
    return first if len(first) <= MAX_TITLE_CHARS else first[: MAX_TITLE_CHARS - 1] + "…"


def fingerprint(text: str) -> str:
    """What two texts of the same words have in common."""
    return plain.key(text)
