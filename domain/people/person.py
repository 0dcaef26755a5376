"""People: everybody on the roster, whether they have spoken to the bot or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.feature import Feature
from domain.ids import PersonId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, MemberId, PersonId
    from domain.messaging.chat import Chat
    from domain.stores import Stores


PERSON_CHANGED = AuditAction("person.changed")
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the roster says of somebody. `number` is the employee number; `role` the roster's own words."""

    number: str
    name: str
    branch: BranchId
    role: str = ""
    phone: str = ""
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster. `member` is their account, once it is known; `left_on` the first day without them.

    The phone number is personal: it never appears in a group.
    """

    id: PersonId
    number: str
    name: str
    branch: BranchId
    role: str = ""
    phone: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    member: MemberId | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on leave: from `since` up to, not including, `until`, the first day back (`None`: not known yet)."""

    person: PersonId
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where somebody was from a day up to, not including, another (`None`: still)."""

    person: PersonId
    branch: BranchId
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Accounts:
    """Members whose person is known: those of a branch, and all of them."""

    own: frozenset[MemberId]
    known: frozenset[MemberId]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many took part."""

    took_part: int
    of: int

    @property
    def percent(self) -> int:
        """In hundredths, rounded."""
        return round(100 * self.took_part / self.of)


class People(Protocol):
    """The roster in the store."""

    def get(self, person: PersonId) -> Person:
        """One person; they are there, or the program is wrong."""

    def find(self, person: PersonId) -> Person | None:
        """One person, if there is such a one."""

    def numbered(self, number: str) -> Person | None:
        """The person with an employee number, whether they have left or not."""

    def of_member(self, member: MemberId) -> Person | None:
        """Whose account a member is."""

    def of_members(self, members: Collection[MemberId]) -> list[Person]:
        """The people whose accounts some members are, also those who have left."""

    def awaited(self, wanted: Collection[PersonId]) -> dict[PersonId, MemberId]:
        """The stand-ins of people whose accounts are not known, by person."""

    def stand_in(self, members: Mapping[PersonId, MemberId]) -> None:
        """Keep members as stand-ins of people until their accounts are known."""

    def end_awaiting(self, person: PersonId) -> None:
        """Forget the stand-in of a person."""

    def called(self, name: str) -> list[Person]:
        """Who has this name, with or without blanks and points in it, by employee number; nobody who has left."""

    def all(self) -> list[Person]:
        """Everybody who ever was on the roster, by employee number."""

    def in_branch(self, branch: BranchId) -> list[Person]:
        """Who is in a branch itself, by employee number; nobody who has left."""

    def of(self, branch: BranchId) -> list[Person]:
        """Who is in a branch or below it, by employee number; nobody who has left."""

    def add(self, entries: Sequence[Entry]) -> list[Person]:
        """Put people on the roster; they are in their branches from as far back as anything is known."""

    def save(self, people: Sequence[Person]) -> None:
        """Remember number, name, role, phone and joining day of people; for the rest see the methods below."""

    def place(self, person: PersonId, branch: BranchId, day: date) -> None:
        """Put somebody into a branch from a day on, whether they were in another or had left.

        What they did before stays with the branch of the time.
        """

    def leave(self, person: PersonId, day: date) -> None:
        """Note that somebody is no longer there from a day on; nothing of theirs is deleted."""

    def link(self, person: PersonId, member: MemberId | None) -> None:
        """Say which account is somebody's, or that none is.

        An account is one person's at most: the store refuses a second one, so ask `of_member` first.
        """

    def placements(self, person: PersonId) -> list[Placement]:
        """Where somebody has been, oldest first."""

    def absences(self, person: PersonId) -> list[Absence]:
        """All leave of somebody that is known, oldest first."""

    def all_absences(self) -> list[Absence]:
        """Everybody's leave, by person, oldest first."""

    def absent(self, absences: Iterable[Absence]) -> None:
        """Note leave; what was noted for the same person and overlaps it is replaced."""

    def back(self, person: PersonId, day: date) -> bool:
        """Note that somebody works again from a day on, and that leave after it falls away. Whether there was any."""

    def away(self, members: Collection[MemberId], day: date) -> set[MemberId]:
        """Which members are not there on a day: on leave, or no longer with the enterprise."""

    def absent_on(self, members: Collection[MemberId], day: date) -> list[tuple[MemberId, Absence]]:
        """The members who are on leave on a day, themselves or as stand-ins."""

    def absent_in(self, branch: BranchId, day: date, limit: int) -> list[tuple[Person, Absence]]:
        """Who of a branch and below is on leave on a day or later, the next leave first."""

    def on_duty(self, branch: BranchId, since: date, until: date) -> list[MemberId | None]:
        """Who of a branch and below was there on any day of a span (up to, not including, `until`): their accounts.

        `None` stands for everybody whose account is not known.
        """

    def accounts(self, members: Collection[MemberId], branch: BranchId) -> Accounts:
        """Which members are people's accounts: of a branch and below, and of anybody."""


def participation(
    stores: Stores, chat: Chat, members: Collection[MemberId], since: datetime, until: datetime, *, unnamed: int = 0
) -> Rate | None:
    """How many of the people of a group's branch took part in something between two moments.

    Who was on leave all the time is not counted as missing. `members` took part, and so did `unnamed` others, as in an
    anonymous survey. An account that is nobody's may be that of somebody whose account is not known: it counts as one,
    so long as there are such people; a person of another branch does not. `None` where no branch is known, or nobody in
    it was there.
    """
    if chat.branch is None:
        return None
    there = stores.people.on_duty(chat.branch, chat.day(since), chat.day(until) + A_DAY)
    accounts = stores.people.accounts(members, chat.branch)
    expected = {member for member in there if member is not None} | accounts.own
    nameless = sum(member is None for member in there)
    strangers = len(set(members) - accounts.known)
    missing = len(expected) - len(accounts.own)
    took_part = len(accounts.own) + min(strangers, nameless) + min(unnamed, missing + nameless)
    return Rate(took_part, len(expected) + nameless) if expected or nameless else None


def _called(stores: Stores, number: int) -> str | None:
    person = stores.people.find(PersonId(number))
    return None if person is None else person.name


FEATURE = Feature("person", audit=(PERSON_CHANGED,), named={"person": _called})
