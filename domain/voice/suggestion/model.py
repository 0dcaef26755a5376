"""What a suggestion is, what may be wrong with one, and what is needed of the store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NewType, Protocol

import plain
from domain.ids import SuggestionId
from domain.messaging.chat import Chat
from domain.people.member import Member
from domain.points.points import Credit
from domain.refusal import Refusal
from domain.voice.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId

MailboxId = NewType("MailboxId", str)
MAX_TITLE_CHARS = 20
SIGNS = re.compile(
    r"(?<=[0-9a-z])[.:/×*\-](?=[0-9a-z])|(?<![0-9a-z])[+\-−±<>≤≥](?=[0-9])|(?<=[a-z])[+#*]{1,3}|(?<=[0-9])[%‰°]",
    re.ASCII,
)


class TooManySuggestions(Refusal):
    """More within an hour than one person has in earnest."""

    text = "suggestion.too_many"


class TooLong(Refusal):
    """More characters than anybody reads."""

    text = "suggestion.too_long"


class Empty(Refusal):
    """No words in it."""

    text = "suggestion.usage"


class NotYours(Refusal):
    """A button for whoever made the suggestion."""

    text = "suggestion.not_yours"


class Gone(Refusal):
    """There is no such suggestion any more, or none that may be seen."""

    text = "suggestion.gone"


class Doubt(StrEnum):
    """Why a message is asked about before it counts as a suggestion."""

    REMARK = "remark"  # 收到, 你好: an answer to the call that suggests nothing
    FORWARDED = "forwarded"  # the words of others
    SIMILAR = "similar"  # others have suggested this


@dataclass(frozen=True, slots=True)
class Way:
    """How a suggestion came: what its author chose, and what its message tells.

    `above`: it goes to the next level, and those in charge of the group do not see it. `alike` are others that ask for
    the same, the most similar first.
    """

    naming: Naming = Naming.NAMED
    above: bool = False
    photo: str = ""
    forwarded: bool = False
    remark: bool = False
    alike: Sequence[SuggestionId] = ()

    @property
    def doubt(self) -> Doubt | None:
        """Why its author is asked first."""
        if self.forwarded:
            return Doubt.FORWARDED
        if self.remark:
            return Doubt.REMARK
        return Doubt.SIMILAR if self.alike else None


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

    An anonymous one has nobody for its author: not even the store tells who it was. Its `mailbox`, which only the
    program can open, takes what is said to them; its `at` is the beginning of the day. `photo` is the platform's id of
    a picture. One with a `doubt` waits for its author's word and counts for nothing. `above`: it is for the next level
    alone. `hidden`: its words are not shown in public until somebody has looked at them. `merged_into` is one that asks
    for the same; one that was `taken_back` has no words left.
    """

    id: SuggestionId
    group: ChatId | None
    author: Member
    text: str
    tagging: Tagging
    at: datetime
    repeats: int = 0
    naming: Naming = Naming.NAMED
    photo: str = ""
    mailbox: MailboxId | None = None
    doubt: Doubt | None = None
    above: bool = False
    hidden: bool = False
    merged_into: SuggestionId | None = None
    taken_back: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is one, neither waiting for its author's word nor taken back."""
        return self.doubt is None and not self.taken_back

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
    SUPPORTED = "supported"  # somebody else has suggested it: one more is for it
    ASKED = "asked"  # its author is asked first


@dataclass(frozen=True, slots=True)
class Backed:
    """A suggestion and how many are for it beside its author."""

    suggestion: Suggestion
    supporters: int


@dataclass(frozen=True, slots=True)
class Received:
    """A suggestion that was stored, counted again, or corrected by an edit; stored ones may have a credit.

    `alike` are others that ask for the same, where its author is asked about them.
    """

    suggestion: Suggestion
    became: Became
    credit: Credit | None = None
    alike: Sequence[Backed] = ()


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

    def find(self, suggestion: SuggestionId) -> Suggestion | None:
        """One suggestion, if there is such a one."""

    def of_words(self, group: ChatId, fingerprint: str) -> Suggestion | None:
        """A group's newest open suggestion of the same words; none that is for the next level alone."""

    def recent(self, group: ChatId, most: int) -> list[tuple[SuggestionId, str]]:
        """The numbers and words of a group's newest suggestions; none that is for the next level, hidden or merged."""

    def last_of(self, author: Member, since: datetime) -> Suggestion | None:
        """The newest that an author has made since a moment and not taken back."""

    def take_back(self, suggestion: SuggestionId) -> None:
        """Remove a suggestion's words, also where they are the cause of points."""

    def remove(self, suggestion: SuggestionId) -> None:
        """Remove one that turned out to be none."""

    def vote(self, suggestion: SuggestionId, member: MemberId, at: datetime) -> bool:
        """Note that somebody is for a suggestion; false where that is known."""

    def supporters(self, suggestion: SuggestionId) -> list[Member]:
        """Who is for a suggestion beside its author, oldest first.

        They are those of all that were merged into it, and the authors of those.
        """

    def merged(self, suggestion: SuggestionId) -> list[Suggestion]:
        """What was merged into a suggestion, also by way of others."""

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
    """What two texts of the same words have in common: letters, digits, and the signs that change a number or a name.

    So 1.5米 and 15米 are different, and +5 and -5, and C++ and C#. Empty where there are no words.
    """
    line = plain.line(text).casefold()
    meant = {place for found in SIGNS.finditer(line) for place in range(found.start(), found.end())}
    return "".join(sign for place, sign in enumerate(line) if sign.isalnum() or place in meant)
