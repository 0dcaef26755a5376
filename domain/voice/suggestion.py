"""Suggestions: every one gets a number and its tags at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Protocol

import plain
from domain.feature import Feature
from domain.ids import SuggestionId
from domain.messaging.message import Text
from domain.people.permission import Permission, require
from domain.points import points
from domain.points.event import Event, EventName
from domain.points.points import Credit
from domain.refusal import Refusal
from domain.reporting import Export, Figure, Material, Next, Section, Told
from domain.table import Table
from domain.voice.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.reporting import Span, Week
    from domain.voice.features import Stores

MADE = Event(EventName("suggestion.made"))
AN_HOUR = timedelta(hours=1)
MAX_PER_HOUR = 10
MAX_TEXT_CHARS = 2000  # characters
MAX_TITLE_CHARS = 20
TOPICS = 3  # in a summary


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


def readers(stores: Stores, *, member: MemberId) -> Readers:
    """Who will see what a member suggests in private."""
    home = stores.members.home(member)
    if home is None:
        return Readers(None, has_secretary=False)
    group = stores.chats.get(home)
    return Readers(group, stores.grants.held(member, group).has_secretary)


def is_new(stores: Stores, actor: Actor, *, text: str, source: str) -> bool:
    """Whether a message would become a new suggestion: no correction of one, and not the same words again.

    Raises Empty, TooLong, TooManySuggestions.
    """
    require(stores, actor, Permission.TAKE_PART)
    print_ = _checked(text)
    if stores.suggestions.made_by(source) or stores.suggestions.same(actor.member, print_):
        return False
    _check_rate(stores, actor)
    return True


def make(
    stores: Stores, actor: Actor, *, text: str, tagging: Tagging, source: str, naming: Naming = Naming.NAMED
) -> Received:
    """Store a suggestion and credit its author, but for an anonymous one: the ledger would tell who it was.

    `source` is the message: an edit of it corrects the suggestion. The same words again are counted, not stored.
    Raises Empty, TooLong, TooManySuggestions.
    """
    require(stores, actor, Permission.TAKE_PART)
    print_, text, at, author = _checked(text), text.strip(), actor.now, actor.member
    known = stores.suggestions.made_by(source)
    if known is not None:
        return _kept(stores, replace(known, text=text, tagging=tagging), Became.CORRECTED)
    same = stores.suggestions.same(author, print_)
    if same is not None:
        return _kept(stores, replace(same, repeats=same.repeats + 1), Became.COUNTED)
    _check_rate(stores, actor)
    group = actor.chat.id if actor.chat.is_group else stores.members.home(author.id)
    new = Suggestion(SuggestionId(0), group, author, text, tagging, at, naming=naming)
    made = stores.suggestions.add(new, source, print_)
    return Received(made, Became.NEW, _credit(stores, made, at))


def _checked(text: str) -> str:
    """The fingerprint of a text that can be a suggestion. Raises Empty, TooLong."""
    print_, length = fingerprint(text), len(text.strip())
    if not print_:
        raise Empty
    if length > MAX_TEXT_CHARS:
        raise TooLong(most=MAX_TEXT_CHARS, length=length)
    return print_


def _check_rate(stores: Stores, actor: Actor) -> None:
    if stores.suggestions.since(actor.member, actor.now - AN_HOUR) >= MAX_PER_HOUR:
        raise TooManySuggestions(most=MAX_PER_HOUR)


def made_by(stores: Stores, *, source: str) -> bool:
    """Whether a message was a suggestion."""
    return stores.suggestions.made_by(source) is not None


def _kept(stores: Stores, suggestion: Suggestion, became: Became) -> Received:
    stores.suggestions.save(suggestion)
    return Received(suggestion, became)


def _credit(stores: Stores, made: Suggestion, at: datetime) -> Credit | None:
    if made.group is None or not made.author.is_person or made.naming is Naming.ANONYMOUS:
        return None
    source = f"suggestion:{made.id}"
    return points.award(
        stores,
        made.author.id,
        stores.chats.get(made.group),
        MADE,
        {},
        source=source,
        cause=made.title,
        at=at,
    )


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many suggestions were made, and what they are most about."""
    made = stores.suggestions.topics(week.group.id, week.since, week.until)
    if not made:
        return None
    counted = Counter(name for names in made for name in names)
    best = sorted(counted.items(), key=lambda topic: (-topic[1], topic[0]))[:TOPICS]
    topics = [Topic(name, count) for name, count in best]
    return Told(
        Text("suggestion.summary", {"made": len(made), "topics": topics}),
        happened=True,
        figures={"made": Figure(len(made), "suggestion.figure")},
        topics=dict(best),
        next=[Next(20, Text("suggestion.next", {"made": len(made)}))],
    )


def _read(stores: Stores, span: Span) -> Material:
    made = stores.suggestions.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(made), partial(_tables, made))


def _tables(made: Sequence[Suggestion]) -> list[Table]:
    columns = ("number", "text", "tags", "at", "author")
    rows = [(one.id, one.text, one.tagging.tags, one.at, _author(one)) for one in made]
    return [Table("suggestions", columns, rows)]


def _author(one: Suggestion) -> Member | None:
    """Who is shown as the author."""
    return one.author if one.naming is Naming.NAMED else None


FEATURE = Feature(
    "suggestion",
    events=(MADE,),
    section=Section(50, _tell),
    export=Export(20, _read),
)
