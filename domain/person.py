"""People: everybody on the roster, whether they have spoken to the bot or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from domain.ids import BranchId, MemberId, PersonId


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

    def on_leave(self, members: Sequence[MemberId], day: date) -> set[MemberId]:
        """Which members are on leave on a day."""

    def on_duty(self, branch: BranchId, since: date, until: date) -> int:
        """How many of a branch and below were there on any day of a span (up to, not including, `until`)."""
