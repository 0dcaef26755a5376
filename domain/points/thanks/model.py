"""What thanks are, how they are refused, and what is needed of the store."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

import plain
from domain.people.member import OfTheRoster
from domain.people.naming import HasGone, NeverSpoken, Nobody, NobodyThere
from domain.points.event import Event, EventName
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, ThanksId
    from domain.people.member import Member

RECEIVED = Event(EventName("thanks.received"), is_own=False)
MAX_REASON_CHARS = 200


class NoReason(Refusal):
    """Thanks that do not say for what."""

    text = "thanks.no_reason"


class ReasonTooLong(Refusal):
    """More words than thanks need."""

    text = "thanks.too_long"


class NotHere(Refusal):
    """Nobody of the group goes by that name; `nearest` is the most similar one, if there is one."""

    text = "thanks.not_here"


class Gone(Refusal):
    """They have left the group or the enterprise."""

    text = "thanks.gone"


class NotOnePerson(Refusal):
    """Everybody, or a party group: thanks are for people by name."""

    text = "thanks.not_one_person"


class NotOneself(Refusal):
    """Nobody thanks themselves."""

    text = "thanks.not_oneself"


class NotAPerson(Refusal):
    """An anonymous administrator or a channel speaks for nobody in particular."""

    text = "thanks.not_a_person"


class AllThanked(Refusal):
    """More than is left of the day's allowance."""

    text = "thanks.spent"


class ThanksOff(Refusal):
    """The group has chosen to do without."""

    text = "thanks.off"


@dataclass(frozen=True, slots=True)
class Thanks:
    """One person's thanks to another. `day` is the group's calendar day."""

    id: ThanksId
    group: ChatId
    giver: Member
    receiver: Member
    reason: str
    day: date
    at: datetime

    @property
    def source(self) -> str:
        """Its name as a cause of points."""
        return f"thanks:{self.id}"


class Became(StrEnum):
    """What came of a message that thanks somebody."""

    NEW = "new"
    SAME = "same"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Thanked:
    """Who was thanked for what by one message, and how many thanks its sender has `left` on that day."""

    giver: Member
    people: Sequence[Member]
    reason: str
    became: Became
    left: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many thanks somebody may give on a day in a group, and how many are left."""

    a_day: int
    left: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who thank almost nobody but each other: how often one the other, and the other way round."""

    one: Member
    other: Member
    there: int
    back: int


class Told(NamedTuple):
    """Thanks with whether boards name the giver and the receiver."""

    thanks: Thanks
    giver_named: bool
    receiver_named: bool


class ThanksStore(Protocol):
    """Thanks in the store."""

    def add(self, thanks: Thanks, source: str) -> Thanks:
        """Remember thanks that came with a message; their id is given now."""

    def save(self, thanks: Thanks) -> None:
        """Remember other words of a reason."""

    def remove(self, thanks: ThanksId) -> None:
        """Forget thanks that were taken back."""

    def of_source(self, source: str) -> list[Thanks]:
        """The thanks that came with a message."""

    def given_on(self, giver: MemberId, day: date) -> list[Thanks]:
        """What somebody has given on a day, in all groups."""

    def received_on(self, receiver: MemberId, day: date) -> list[Thanks]:
        """What somebody was given on a day, in all groups, oldest first."""

    def received(self, receiver: MemberId, limit: int) -> list[Thanks]:
        """The newest that somebody was given, newest first."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What was given to a stand-in is given to their account."""

    def sums(self, since: datetime, until: datetime) -> Mapping[tuple[MemberId, MemberId], int]:
        """How often each giver thanked each receiver between two moments."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Told]:
        """A group's thanks between two moments, oldest first; at most so many."""


@contextmanager
def in_own_words() -> Iterator[None]:
    """Refuse unknown names in words about thanks: those of `naming` speak of tasks.

    Raises NotHere, Gone, NotOnePerson in their place.
    """
    try:
        yield
    except Nobody as refusal:
        raise NotHere(**refusal.values) from refusal
    except (NeverSpoken, OfTheRoster) as refusal:
        raise NotHere(name=refusal.values["name"], nearest="") from refusal
    except HasGone as refusal:
        raise Gone(name=refusal.values["name"]) from refusal
    except NobodyThere as refusal:
        raise NotOnePerson from refusal


def checked(reason: str) -> str:
    """A reason without what stands around it. Raises NoReason, ReasonTooLong."""
    words = reason.strip()
    if not plain.key(words):
        raise NoReason
    if len(words) > MAX_REASON_CHARS:
        raise ReasonTooLong(most=MAX_REASON_CHARS, length=len(words))
    return words
