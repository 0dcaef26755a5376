"""Whom a training is for, by the roster; in a group without a branch those who are known there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.ids import BranchId, MeetingId
from domain.life.meeting.model import Invited, Standing
from domain.life.training.model import MAX_ROLE_CHARS, Scope, UnknownAudience, Whom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId, PersonId
    from domain.life.features import Stores
    from domain.life.training.model import Record
    from domain.messaging.chat import Chat
    from domain.people.person import Person


AT_ONCE = 5_000  # people in one statement


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody a training is for: a person on the roster, else an account. `member` is the account, where known."""

    person: PersonId | None
    member: MemberId | None
    name: str
    branch: BranchId | None = None
    role: str = ""

    def has(self, record: Record) -> bool:
        """Whether a record is theirs."""
        if record.person is not None:
            return record.person == self.person
        return record.member is not None and record.member == self.member

    @property
    def invited(self) -> Invited:
        """As somebody who is to come to a session; nobody votes at one."""
        return Invited(0, MeetingId(0), self.person, self.member, self.name, entitled=False)


def of_person(person: Person) -> Learner:
    """Somebody on the roster."""
    return Learner(person.id, person.member, person.name, person.branch, plain.tidy(person.role)[:MAX_ROLE_CHARS])


def of_group(stores: Stores, group: Chat) -> list[Learner]:
    """Everybody of a group's branch and below, else who is known in the group."""
    if group.branch is not None:
        return [of_person(one) for one in stores.people.of(group.branch)]
    gone = stores.members.gone(group.id)
    known = [one for one in stores.members.of(group.id) if one.is_person and one.platform_id and one.id not in gone]
    return [Learner(None, one.id, one.name) for one in known]


def meant(stores: Stores, whom: Whom, within: BranchId | None, among: Sequence[Learner]) -> list[Learner]:
    """Those of some people whom a training is for; `within` is the branch that has planned it."""
    inside = None if within is None else set(stores.branches.subtree(within))
    here = [one for one in among if inside is None or one.branch in inside]
    match whom.scope:
        case Scope.PARTY:
            none = _outside(stores, [one.person for one in here if one.person is not None])
            return [one for one in here if one.person not in none]
        case Scope.BRANCH:
            below = set(() if whom.branch is None else stores.branches.subtree(whom.branch))
            return [one for one in here if one.branch in below]
        case Scope.ROLE:
            wanted = plain.key(whom.name)
            return [one for one in here if plain.key(one.role) == wanted]
    return here


def _outside(stores: Stores, persons: Sequence[PersonId]) -> set[PersonId]:
    """Those who are no party members. Asked in parts: a statement takes so many values at most."""
    found: set[PersonId] = set()
    for first in range(0, len(persons), AT_ONCE):
        standings = stores.meetings.standings(persons[first : first + AT_ONCE])
        found |= {person for person, standing in standings.items() if standing is Standing.NONE}
    return found


def named(stores: Stores, group: Chat, words: str) -> Whom:
    """A role of the roster or a branch below the group's, by its name. Raises UnknownAudience."""
    wanted = plain.key(words)
    for name in roles(stores, group):
        if wanted and plain.key(name) == wanted:
            return Whom(Scope.ROLE, name=name)
    for branch in below(stores, group):
        found = stores.branches.get(branch)
        if wanted and plain.key(found.name) == wanted:
            return Whom(Scope.BRANCH, branch, found.name)
    raise UnknownAudience(name=plain.tidy(words)[:MAX_ROLE_CHARS])


def roles(stores: Stores, group: Chat) -> list[str]:
    """The roles of the people of a group's branch, by the roster's words, those of most people first."""
    counted: dict[str, int] = {}
    for one in of_group(stores, group):
        if one.role:
            counted[one.role] = counted.get(one.role, 0) + 1
    return sorted(counted, key=lambda name: (-counted[name], name))


def below(stores: Stores, group: Chat) -> list[BranchId]:
    """The branches below a group's own that are not closed."""
    if group.branch is None:
        return []
    found = [one for one in stores.branches.subtree(group.branch) if one != group.branch]
    return [one for one in found if stores.branches.get(one).closed_at is None]
