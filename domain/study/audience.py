"""For whom a study item, a course or a campaign is: for everybody, or for some branches, roles and trades."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import plain
from domain.people.branch import AmbiguousBranch, UnknownBranch, named
from domain.people.permission import Role

if TYPE_CHECKING:
    from domain.ids import BranchId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.person import Person
    from domain.study.features import Stores


@dataclass(frozen=True, slots=True)
class Audience:
    """Who fits each of the three that says something; of each, one is enough.

    `branches` are names, or ends of paths (机加工车间/一支部), and mean all that is below them. `roles` are those that
    are held anywhere. `trades` are words that the roster has in somebody's duty (电工).
    """

    branches: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    trades: tuple[str, ...] = ()

    @property
    def is_everybody(self) -> bool:
        """Whether nobody is left out."""
        return not (self.branches or self.roles or self.trades)


EVERYBODY = Audience()


def includes(stores: Stores, audience: Audience, member: MemberId) -> bool:
    """Whether something is for somebody. Who is on no roster is meant by what is for everybody, and by roles."""
    if audience.is_everybody:
        return True
    person = stores.people.of_member(member)
    if person is not None and person.left_on is not None:
        person = None
    if audience.branches and (person is None or not _is_below(stores, audience, person.branch)):
        return False
    if audience.trades and (person is None or not _has_trade(audience, person)):
        return False
    return not audience.roles or _has_role(stores, audience, member)


def includes_group(stores: Stores, audience: Audience, group: Chat) -> bool:
    """Whether something is for a group: for its branch; by roles or trades, for more than half of its people."""
    if audience.is_everybody:
        return True
    if group.branch is None:
        return False
    if audience.branches and not _is_below(stores, audience, group.branch):
        return False
    if not (audience.roles or audience.trades):
        return True
    people = stores.people.of(group.branch)
    return 2 * sum(_fits(stores, audience, person) for person in people) > len(people)


def _fits(stores: Stores, audience: Audience, person: Person) -> bool:
    if audience.trades and not _has_trade(audience, person):
        return False
    return not audience.roles or (person.member is not None and _has_role(stores, audience, person.member))


def _has_trade(audience: Audience, person: Person) -> bool:
    duty = plain.appearance(person.role).casefold()
    return any(plain.appearance(trade).casefold() in duty for trade in audience.trades)


def _has_role(stores: Stores, audience: Audience, member: MemberId) -> bool:
    if Role.EMPLOYEE in audience.roles:
        return True
    return any(grant.role in audience.roles for grant in stores.grants.of(member))


def _is_below(stores: Stores, audience: Audience, branch: BranchId) -> bool:
    """Whether a branch is one of those named, or below one. A name that no branch has any more means none."""
    above = {one.id for one in stores.branches.ancestors(branch)}
    return any(found in above for name in audience.branches if (found := find(stores, name)) is not None)


def find(stores: Stores, name: str) -> BranchId | None:
    """The open branch that a name means, if it means one."""
    try:
        return named(stores, name).id
    except (UnknownBranch, AmbiguousBranch):
        return None
