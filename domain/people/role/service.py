"""Roles are shown, given and withdrawn by those who may, in words or by buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people import branch
from domain.people.identity import vouched_for, whom
from domain.people.permission import EVERYWHERE, Area, Permission, Role, require
from domain.people.role.giving import check, check_ends, grant, withdraw
from domain.people.role.model import (
    LISTED,
    Grant,
    Granted,
    HoldsNothing,
    Last,
    NamedBySettings,
    NotHeld,
    Proposed,
    Roles,
    Sure,
    WhereTo,
    WhichOne,
    Withdrawn,
)
from domain.people.telling import where
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import GrantId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.identity import Whom
    from domain.people.member import Member, Mention
    from domain.stores import Stores

MAX_NAMES = 24  # people to choose from


def area_of(group: Chat) -> Area:
    """What a role given in a group is over: its branch, or the group itself while it is nobody's."""
    return Area(branch=group.branch) if group.branch is not None else Area(group=group.id)


def area_for(stores: Stores, actor: Actor, *, role: Role, to: Member, over: str | Area | None) -> Area:
    """What a role is to be over: what was named (a branch by its words), else the group's branch, else the person's.

    An administrator is one of the whole enterprise where nothing else is said.
    Raises UnknownBranch, AmbiguousBranch, WhereTo.
    """
    if isinstance(over, Area):
        return _standing(stores, actor, over)
    if over:
        return Area(branch=branch.named(stores, over).id)
    if role is Role.ADMINISTRATOR:
        return EVERYWHERE
    if actor.chat.is_group:
        return area_of(actor.chat)
    person = stores.people.of_member(to.id)
    if person is None:
        raise WhereTo(role=role)
    return Area(branch=person.branch)


def page(stores: Stores, actor: Actor, *, after: int) -> Roles:
    """Who has which role, over the group or in the whole enterprise, `LISTED` at a time."""
    require(stores, actor, Permission.GRANT_ROLES)
    group, limit = (actor.chat if actor.chat.is_group else None), LISTED + 1
    found = stores.grants.all(after, limit) if group is None else stores.grants.over(group, after, limit)
    first = [] if after else _first(stores)
    return Roles(found[:LISTED], first, group, bool(after), len(found) > LISTED)


def _first(stores: Stores) -> list[Member]:
    found = (stores.members.find(platform_id) for platform_id in sorted(stores.enterprise.root_admins))
    return [one for one in found if one is not None]


def candidates(stores: Stores, actor: Actor) -> Sequence[Whom]:
    """The people of a group, to name one of them."""
    require(stores, actor, Permission.GRANT_ROLES)
    return [whom(stores, one) for one in stores.members.of(actor.group.id)[:MAX_NAMES]]


def candidate(stores: Stores, actor: Actor, *, who: Mention | MemberId) -> Sequence[Whom]:
    """Somebody who is to be named something; several of one name, to choose from.

    Raises NoMore, and what `identity.vouched_for` does.
    """
    require(stores, actor, Permission.GRANT_ROLES)
    return [whom(stores, one) for one in _meant_by(stores, actor, who)]


def _meant_by(stores: Stores, actor: Actor, who: Mention | MemberId) -> Sequence[Member]:
    return [_of_the_place(stores, actor, who)] if isinstance(who, int) else vouched_for(stores, who, actor.heard_at)


def _of_the_place(stores: Stores, actor: Actor, who: MemberId) -> Member:
    """A member whom a button names. Raises NoMore for nobody, and for one who is neither in the group nor known."""
    chat, found = actor.chat, stores.members.look_up(who)
    if found is None:
        raise NoMore
    if chat.is_group and not stores.members.is_in(chat.id, who) and stores.people.of_member(who) is None:
        raise NoMore
    return found


def propose(
    stores: Stores, actor: Actor, *, who: Mention | MemberId, role: Role, over: str | Area | None = None
) -> Sequence[Proposed]:
    """A role is to be given over what was named, else over the group, or what the person belongs to: to whom exactly?

    Several of one name are to be chosen from. Raises what `candidate`, `area_for` and `giving.check` do.
    """
    require(stores, actor, Permission.GRANT_ROLES)
    found = _meant_by(stores, actor, who)
    areas = [area_for(stores, actor, role=role, to=to, over=over) for to in found]
    if len(found) == 1:
        check(stores, actor, to=found[0], role=role, area=areas[0])
    pairs = zip(found, areas, strict=True)
    return [Proposed(whom(stores, to), to.id, role, area, where(stores, area)) for to, area in pairs]


def appoint(stores: Stores, actor: Actor, *, who: MemberId, role: Role, area: Area) -> Granted:
    """Give the role that was proposed, now that it is confirmed. Raises NoMore, and what `giving.grant` does."""
    require(stores, actor, Permission.GRANT_ROLES)
    return grant(stores, actor, to=_of_the_place(stores, actor, who), role=role, area=_standing(stores, actor, area))


def _standing(stores: Stores, actor: Actor, area: Area) -> Area:
    """An area that a button names. Raises NoMore for a branch that is no more, and for another group."""
    if area.branch is not None and branch.find_open(stores, area.branch) is None:
        raise NoMore
    if area.group is not None and area.group != actor.chat.id:
        raise NoMore
    return area


def take_back(
    stores: Stores, actor: Actor, *, who: Mention | None, role: Role | None, over: str | Area | None
) -> Withdrawn | WhichOne | Last:
    """End the one grant that is meant, one's own where nobody is named; several, or one's own last right, end not yet.

    Raises what `meant`, `identity.vouched_for` and `giving.withdraw` do.
    """
    people = [actor.member] if who is None else _holders(stores, actor, who)
    own = [one.id for one in people] == [actor.member.id]
    require(stores, actor, Permission.SEE_OWN if own else Permission.GRANT_ROLES)
    found = meant(stores, actor, of=people, role=role, over=over)
    if len(found) > 1:
        return WhichOne(people[0], found)
    if _is_last(stores, actor, found[0]):
        return Last(found[0])
    return withdraw(stores, actor, grant=found[0])


def _holders(stores: Stores, actor: Actor, who: Mention) -> Sequence[Member]:
    """Whose role is to end; it may also wait for a user name that nobody was seen with, as earlier versions let it."""
    awaited = stores.members.named(who.name) if who.is_username else None
    return [awaited] if awaited is not None else vouched_for(stores, who, actor.heard_at)


def meant(
    stores: Stores, actor: Actor, *, of: Sequence[Member], role: Role | None, over: str | Area | None
) -> list[Grant]:
    """The grants that may be meant where one is to be withdrawn: over what was named, else over the group, else all.

    Raises HoldsNothing, NotHeld, NamedBySettings, UnknownBranch, AmbiguousBranch.
    """
    mine = [held for one in of for held in stores.grants.of(one.id) if role in (None, held.role)]
    if over:
        area = over if isinstance(over, Area) else Area(branch=branch.named(stores, over).id)
        mine = [held for held in mine if held.area == area]
    elif actor.chat.is_group:
        mine = [held for held in mine if held.area == area_of(actor.chat)] or mine
    if mine:
        return mine
    if role in (None, Role.ADMINISTRATOR) and of[0].platform_id in stores.enterprise.root_admins:
        raise NamedBySettings(member=of[0])
    raise HoldsNothing(member=of[0]) if role is None else NotHeld(member=of[0], role=role)


def _is_last(stores: Stores, actor: Actor, grant: Grant) -> bool:
    """Whether somebody is about to give up the last right that they have."""
    return grant.member.id == actor.member.id and len(stores.grants.of(actor.member.id)) == 1


def standing(stores: Stores, actor: Actor, *, grant: GrantId) -> Grant:
    """A grant that a button names. Raises NoMore for one that has ended, NotYours for who may not end it."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.grants.get(grant)
    if found is None:
        raise NoMore
    check_ends(stores, actor, found)
    return found


def ask_end(stores: Stores, actor: Actor, *, grant: GrantId) -> Sure | Last:
    """A role is to be withdrawn: really? Raises NoMore, NotYours."""
    found = standing(stores, actor, grant=grant)
    return Last(found) if _is_last(stores, actor, found) else Sure(found)


def end(stores: Stores, actor: Actor, *, grant: GrantId) -> Withdrawn:
    """Withdraw a role. Raises NoMore, NotYours, LastAdministrator."""
    return withdraw(stores, actor, grant=standing(stores, actor, grant=grant))


def give_up(stores: Stores, actor: Actor, *, grant: GrantId) -> Withdrawn:
    """One's own role is to go, although it is the last. Raises NoMore for anybody else, LastAdministrator."""
    found = standing(stores, actor, grant=grant)
    if found.member.id != actor.member.id:
        raise NoMore
    return withdraw(stores, actor, grant=found)
