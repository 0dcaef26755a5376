"""Reflections, what is refused, and what is needed of the store and of the language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.messaging.message import Subject
from domain.points.event import Event, EventName, Fact
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, PromptId, ReflectionId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.points.points import Credit

LEAST = 20  # letters of one's own words
MAX_CHARS = 2000
AN_HOUR_MOST = 10  # a person's, in an hour
REFLECTED = Event(EventName("study.reflected"), facts=(Fact("late", bool),))
FEATURED = Event(EventName("study.reflection_featured"), is_own=False)


class TooShort(Refusal):
    """Fewer than twenty letters of one's own; what is quoted from the item does not count."""

    text = "reflection.too_short"

    def __init__(self) -> None:
        super().__init__(least=LEAST)


class TooLong(Refusal):
    """More than can be kept."""

    text = "reflection.too_long"

    def __init__(self) -> None:
        super().__init__(most=MAX_CHARS)


class TooMany(Refusal):
    """More in an hour than somebody thinks about."""

    text = "reflection.too_many"


class NothingToReflect(Refusal):
    """The group was given no item within the last fourteen days."""

    text = "reflection.nothing"


class Gone(Refusal):
    """A reflection that was taken back, or never was."""

    text = "reflection.gone"


class OwnOne(Refusal):
    """Nobody features what they have written themselves."""

    text = "reflection.own"


class AuthorAway(Refusal):
    """The author has no private chat with the bot, so they cannot be asked; or they have left."""

    text = "reflection.author_away"


class OnlyCopied(Refusal):
    """A near-copy is not featured."""

    text = "reflection.only_copied"


class CopyOf(StrEnum):
    """What a text is a near-copy of."""

    OTHERS = "others"
    OWN = "own"  # an earlier one of the same author


class Stage(StrEnum):
    """How far it is with showing a reflection to the group."""

    ASKED = "asked"  # the author was asked
    DECLINED = "declined"
    SHOWN = "shown"


class Item(NamedTuple):
    """A study item as a group was given it on a day: its prompt, its stable name, its words."""

    prompt: PromptId
    code: str
    title: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Reflection:
    """What somebody wrote about an item. `core` is what is compared; `late` tells that the item's day had passed."""

    id: ReflectionId
    member: MemberId
    group: ChatId
    prompt: PromptId
    code: str
    title: str
    text: str
    core: str
    at: datetime
    late: bool
    copy_of: CopyOf | None = None
    stage: Stage | None = None

    @property
    def wish(self) -> Subject:
        """What the question to the author is about."""
        return Subject("reflection_wish", self.id)

    @property
    def shown(self) -> Subject:
        """What the message in the group is about."""
        return Subject("reflection", self.id)

    @property
    def source(self) -> str:
        """The cause of the author's credit: one for a person and an item, however often they write about it."""
        return f"reflection:{self.code}"


class Became(StrEnum):
    """What came of a message."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"  # nothing has changed
    REMOVED = "removed"  # it was edited until nothing was left


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a message: a reflection, and its credit, if there was one now."""

    reflection: Reflection
    became: Became
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A reflection with its author, for who looks after the group."""

    reflection: Reflection
    author: Member


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reflections of groups, newest first: at most a page of them, and whether there are `more`."""

    listed: Sequence[Listed]
    more: bool = False


class Copies(Protocol):
    """Compares texts; `language.copied` does."""

    def core(self, text: str, official: str = "") -> str:
        """What of a text is compared: its letters without what it quotes from the official one."""

    def first_copied(self, own: str, others: Iterable[tuple[int, str]]) -> int | None:
        """The number of the first core that one is a near-copy of."""


class Reflections(Protocol):
    """Reflections in the store."""

    def add(self, reflection: Reflection, source: str) -> Reflection:
        """Remember one that came with a message; its id is given now."""

    def save(self, reflection: Reflection) -> None:
        """Remember what has changed."""

    def remove(self, reflection: ReflectionId) -> None:
        """Forget one."""

    def get(self, reflection: ReflectionId) -> Reflection | None:
        """One of them."""

    def of_source(self, source: str) -> Reflection | None:
        """The one that came with a message."""

    def cores(self, code: str, member: MemberId, most: int) -> list[tuple[int, MemberId, str]]:
        """What is compared of those about an item and of all that somebody wrote, oldest first; not near-copies."""

    def of_member(self, member: MemberId, most: int) -> list[Reflection]:
        """Somebody's newest, newest first."""

    def since(self, member: MemberId, at: datetime) -> int:
        """How many somebody has written since a moment."""

    def of_groups(self, groups: Sequence[ChatId], before: ReflectionId | None, most: int) -> list[Listed]:
        """The newest of groups, without near-copies, newest first."""

    def asked(self, member: MemberId) -> list[Reflection]:
        """Those about which somebody was asked and has not answered."""

    def items(self, group: ChatId, since: date, until: date) -> list[Item]:
        """What a group was given between two days, newest first."""

    def item(self, prompt: PromptId) -> tuple[Item, Chat] | None:
        """What was given with a prompt, and to whom."""
