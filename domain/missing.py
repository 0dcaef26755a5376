"""Things that people of a group have not done yet, told by the features to those in charge of the group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.messaging.message import Text
    from domain.report.features import Stores
    from domain.stores import Stores as Ground

MAX_LEAVES = 100_000


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody of a group: by the roster if the group has a branch, else by the name that they show.

    `member` is their account, if it is known.
    """

    name: str
    member: MemberId | None


@dataclass(frozen=True, slots=True)
class Company:
    """The people of a group on the day of a moment, without those who have left or are on leave."""

    group: Chat
    at: datetime
    people: Sequence[Someone]

    @property
    def day(self) -> date:
        """The group's day."""
        return self.group.day(self.at)


def company_of(stores: Ground, group: Chat, at: datetime) -> Company:
    """The people of a group: those of its branch, else those who are known to be in it."""
    day = group.day(at)
    if group.branch is None:
        members = [one for one in stores.members.of(group.id) if one.is_person]
        away = stores.people.away([one.id for one in members], day)
        return Company(group, at, [Someone(one.name, one.id) for one in members if one.id not in away])
    leaves = stores.people.absent_in(group.branch, day, MAX_LEAVES)
    on_leave = {person.id for person, leave in leaves if leave.since <= day}
    there = [one for one in stores.people.of(group.branch) if one.id not in on_leave]
    return Company(group, at, [Someone(one.name, one.member) for one in there])


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that people (`who`) have not done. `who` is empty if only their number is known: `text` has it."""

    text: Text
    who: Sequence[Someone]


@dataclass(frozen=True, slots=True)
class Missing:
    """A feature's part of 谁还没; those of a low `order` come first."""

    order: int
    find: Callable[[Stores, Company], Sequence[Gap]]
