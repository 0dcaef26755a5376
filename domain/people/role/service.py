"""Roles are shown, given and withdrawn by those who may, in words or by buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people import branch, member
from domain.people.member import AmbiguousName, UnknownName
from domain.people.permission import EVERYWHERE, Area, Permission, Role, require
from domain.people.role.giving import check_ends, grant, withdraw
from domain.people.role.model import (
    LISTED,
    Grant,
    Granted,
    HoldsNothing,
    Last,
    NamedBySettings,
    NotHeld,
    Roles,
    Sure,
    WhereTo,
    WhichOne,
    Withdrawn,
)
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import GrantId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.stores import Stores

MAX_NAMES = 24  # people to choose from


def area_of(group: Chat) -> Area:
    """What a role given in a group is over: its branch, or the group itself while it is nobody's."""
    return Area(branch=group.branch) if group.branch is not None else Area(group=group.id)


def somebody(stores: Stores, actor: Actor, mention: Mention) -> Member:
    """The member whom a mention means; in private of all who are known. Raises UnknownName, AmbiguousName."""
    if actor.chat.is_group:
        return member.resolve(stores, mention, actor.chat.id, actor.now)
    if mention.person is not None:
        return member.meet(stores, mention.person, actor.now)
    known = stores.members.named(mention.name)
    namesakes = [known] if known else stores.members.namesakes(mention.name)
    if len(namesakes) > 1:
        raise AmbiguousName(name=mention.name)
    if not namesakes and not mention.name.isascii():
        raise UnknownName(name=mention.name)
    return namesakes[0] if namesakes else stores.members.await_username(mention.name, actor.now)


def area_for(stores: Stores, actor: Actor, *, role: Role, to: Member, over: str | Area | None) -> Area:
    """What a role is to be over: what was named (a branch by its words), else the group's branch, else the person's.

    An administrator is one of the whole enterprise where nothing else is said.
    Raises UnknownBranch, AmbiguousBranch, WhereTo.
    """
    if isinstance(over, Area):
        return over
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


def candidates(stores: Stores, actor: Actor) -> Sequence[Member]:
    """The people of a group, to name one of them."""
    require(stores, actor, Permission.GRANT_ROLES)
    return stores.members.of(actor.group.id)[:MAX_NAMES]


def candidate(stores: Stores, actor: Actor, *, who: Mention | MemberId) -> Member:
    """Somebody who is to be named something. Raises UnknownName, AmbiguousName, NoMore."""
    require(stores, actor, Permission.GRANT_ROLES)
    return _of_the_place(stores, actor, who) if isinstance(who, int) else somebody(stores, actor, who)


def _of_the_place(stores: Stores, actor: Actor, who: MemberId) -> Member:
    """A member whom a button names. Raises NoMore for nobody, and for one who is not in the group (any more)."""
    chat, found = actor.chat, stores.members.look_up(who)
    if found is None or (chat.is_group and not stores.members.is_in(chat.id, who)):
        raise NoMore
    return found


def give(
    stores: Stores, actor: Actor, *, who: Mention | MemberId, role: Role, over: str | Area | None = None
) -> Granted:
    """Give somebody a role over what was named, else over the group, or what the person belongs to.

    Raises what `candidate`, `area_for` and `giving.grant` do.
    """
    to = candidate(stores, actor, who=who)
    area = area_for(stores, actor, role=role, to=to, over=over)
    return grant(stores, actor, to=to, role=role, area=area)


def take_back(
    stores: Stores, actor: Actor, *, who: Mention | None, role: Role | None, over: str | Area | None
) -> Withdrawn | WhichOne | Last:
    """End the one grant that is meant, one's own where nobody is named; several, or one's own last right, end not yet.

    Raises what `meant` and `giving.withdraw` do.
    """
    of = actor.member if who is None else somebody(stores, actor, who)
    require(stores, actor, Permission.SEE_OWN if of.id == actor.member.id else Permission.GRANT_ROLES)
    found = meant(stores, actor, of=of, role=role, over=over)
    if len(found) > 1:
        return WhichOne(of, found)
    if _is_last(stores, actor, found[0]):
        return Last(found[0])
    return withdraw(stores, actor, grant=found[0])


def meant(stores: Stores, actor: Actor, *, of: Member, role: Role | None, over: str | Area | None) -> list[Grant]:
    """The grants that may be meant where one is to be withdrawn: over what was named, else over the group, else all.

    Raises HoldsNothing, NotHeld, NamedBySettings, UnknownBranch, AmbiguousBranch.
    """
    mine = [held for held in stores.grants.of(of.id) if role in (None, held.role)]
    if over:
        area = over if isinstance(over, Area) else Area(branch=branch.named(stores, over).id)
        mine = [held for held in mine if held.area == area]
    elif actor.chat.is_group:
        mine = [held for held in mine if held.area == area_of(actor.chat)] or mine
    if mine:
        return mine
    if role in (None, Role.ADMINISTRATOR) and of.platform_id in stores.enterprise.root_admins:
        raise NamedBySettings(member=of)
    raise HoldsNothing(member=of) if role is None else NotHeld(member=of, role=role)


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
