"""Giving roles and ending them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Message
from domain.people import branch, member, permission
from domain.people.member import AmbiguousName, UnknownName
from domain.people.permission import EVERYWHERE, Area, Permission, Role
from domain.people.role.model import (
    LISTED,
    ROLE_GRANTED,
    ROLE_WITHDRAWN,
    AlreadyHeld,
    Grant,
    Granted,
    HasLeft,
    HoldsNothing,
    LastAdministrator,
    NamedBySettings,
    NotHeld,
    NotMetYet,
    NotSomebody,
    NotYours,
    Roles,
    WhereTo,
    Withdrawn,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member, Mention
    from domain.people.person import Person
    from domain.stores import Stores


def area_of(group: Chat) -> Area:
    """What a role given in a group is over: its branch, or the group itself while it is nobody's."""
    return Area(branch=group.branch) if group.branch is not None else Area(group=group.id)


def somebody(stores: Stores, mention: Mention, chat: Chat, at: datetime) -> Member:
    """The member whom a mention means; in private of all who are known. Raises UnknownName, AmbiguousName."""
    if chat.is_group:
        return member.resolve(stores, mention, chat.id, at)
    if mention.person is not None:
        return member.meet(stores, mention.person, at)
    known = stores.members.named(mention.name)
    namesakes = [known] if known else stores.members.namesakes(mention.name)
    if len(namesakes) > 1:
        raise AmbiguousName(name=mention.name)
    if not namesakes and not mention.name.isascii():
        raise UnknownName(name=mention.name)
    return namesakes[0] if namesakes else stores.members.await_username(mention.name, at)


def area_for(stores: Stores, *, role: Role, to: Member, over: str | Area | None, chat: Chat) -> Area:
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
    if chat.is_group:
        return area_of(chat)
    person = stores.people.of_member(to.id)
    if person is None:
        raise WhereTo(role=role)
    return Area(branch=person.branch)


def governs(stores: Stores, *, actor: Actor, area: Area, first: Collection[int], at: datetime) -> bool:
    """Whether who speaks may give roles over a part of the enterprise."""
    wanted = Permission.GRANT_ROLES
    return permission.over(stores, actor=actor, permission=wanted, area=area, first=first, at=at)


def grant(
    stores: Stores, *, to: Member, role: Role, area: Area, actor: Actor, first: Collection[int], at: datetime
) -> Granted:
    """Give somebody a role over a part of the enterprise.

    Raises NotYours, NotSomebody, NotMetYet, HasLeft, AlreadyHeld.
    """
    if not governs(stores, actor=actor, area=area, first=first, at=at):
        raise NotYours
    if not to.is_person:
        raise NotSomebody
    if role is Role.ADMINISTRATOR and to.platform_id is None:
        raise NotMetYet(member=to)
    person = stores.people.of_member(to.id)
    if person is not None and person.left_on is not None and person.left_on <= actor.chat.day(at):
        raise HasLeft(member=to)
    if any((held.role, held.area) == (role, area) for held in stores.grants.of(to.id)):
        raise AlreadyHeld(member=to, role=role, area=area, where=where(stores, area))
    granted = Granted(_add(stores, to, role, area, by=actor.member.id, at=at))
    if to.private is not None and to.id != actor.member.id and not _sees(stores, to, actor.chat):
        stores.outbox.send(
            to.private, Message("role.named", {"grant": granted.grant}), key=f"role.named:{granted.grant.id}"
        )
    return granted


def _sees(stores: Stores, member: Member, chat: Chat) -> bool:
    """Whether somebody reads what is said in a chat."""
    return chat.is_group and stores.members.is_in(chat.id, member.id)


def withdraw(stores: Stores, *, grant: Grant, actor: Actor, first: Collection[int], at: datetime) -> Withdrawn:
    """Take a role back; anybody may give up their own. Raises NotYours, LastAdministrator."""
    check_ends(stores, grant=grant, actor=actor, first=first, at=at)
    if not first and grant.role is Role.ADMINISTRATOR and grant.area.everywhere:
        others = {one.id for one in stores.grants.administrators()} - {grant.member.id}
        if not others:
            raise LastAdministrator
    _end(stores, grant, actor.member.id, at)
    return Withdrawn(grant)


def check_ends(stores: Stores, *, grant: Grant, actor: Actor, first: Collection[int], at: datetime) -> None:
    """Raises NotYours for somebody who may not end a grant: it is not their own, nor theirs to give."""
    own = grant.member.id == actor.member.id
    if not own and not governs(stores, actor=actor, area=grant.area, first=first, at=at):
        raise NotYours


def meant(
    stores: Stores, *, of: Member, role: Role | None, over: str | Area | None, chat: Chat, first: Collection[int]
) -> list[Grant]:
    """The grants that may be meant where one is to be withdrawn: over what was named, else over the group, else all.

    Raises HoldsNothing, NotHeld, NamedBySettings, UnknownBranch, AmbiguousBranch.
    """
    mine = [held for held in stores.grants.of(of.id) if role in (None, held.role)]
    if over:
        area = over if isinstance(over, Area) else Area(branch=branch.named(stores, over).id)
        mine = [held for held in mine if held.area == area]
    elif chat.is_group:
        mine = [held for held in mine if held.area == area_of(chat)] or mine
    if mine:
        return mine
    if role in (None, Role.ADMINISTRATOR) and of.platform_id in first:
        raise NamedBySettings(member=of)
    raise HoldsNothing(member=of) if role is None else NotHeld(member=of, role=role)


def last_own(stores: Stores, *, grant: Grant, by: Member) -> bool:
    """Whether somebody is about to give up the last right that they have."""
    return grant.member.id == by.id and len(stores.grants.of(by.id)) == 1


def end_all(stores: Stores, *, member: MemberId, by: MemberId | None, at: datetime) -> Sequence[Grant]:
    """End all that somebody holds, who has left."""
    grants = stores.grants.of(member)
    for held in grants:
        _end(stores, held, by, at)
    return grants


def end_over(stores: Stores, *, branch: BranchId, by: MemberId | None, at: datetime) -> Sequence[Grant]:
    """End all that is held over a branch which has been closed."""
    grants = stores.grants.of_branch(branch)
    for held in grants:
        _end(stores, held, by, at)
    return grants


def grant_from_roster(stores: Stores, person: Person, member: Member, at: datetime) -> Grant | None:
    """Give an account what the roster says of its person: that role over their branch; `None` where nothing is new.

    What an earlier roster gave and this one does not say ends; what was given by hand stays, and what was withdrawn by
    hand is not given again. A roster makes no administrators.
    """
    role, area = read(person.role), Area(branch=person.branch)
    if role is Role.ADMINISTRATOR or person.left_on is not None:
        role = None
    mine = stores.grants.of(member.id)
    for held in mine:
        if held.by is None and (held.role, held.area) != (role, area):
            _end(stores, held, None, at)
    if role is None or any((held.role, held.area) == (role, area) for held in mine):
        return None
    if stores.grants.ended_by_hand(member.id, role, area):
        return None
    return _add(stores, member, role, area, by=None, at=at)


def page(stores: Stores, *, group: Chat | None, after: int, first: Collection[int]) -> Roles:
    """Who has which role, in the enterprise or over a group, `LISTED` at a time."""
    limit = LISTED + 1
    found = stores.grants.all(after, limit) if group is None else stores.grants.over(group, after, limit)
    known = filter(None, (stores.members.find(platform_id) for platform_id in sorted(first)))
    return Roles(found[:LISTED], [] if after else list(known), group, bool(after), len(found) > LISTED)


def where(stores: Stores, area: Area) -> str | None:
    """What an area is called; `None` is the whole enterprise."""
    if area.branch is not None:
        return stores.branches.get(area.branch).name
    return stores.chats.get(area.group).title if area.group is not None else None


def _add(stores: Stores, to: Member, role: Role, area: Area, *, by: MemberId | None, at: datetime) -> Grant:
    number = stores.grants.add(to, role, area, by, at)
    stores.audit.note(by, ROLE_GRANTED, f"member:{to.id}", old=None, new=f"{role} {area}", at=at)
    return Grant(number, to, role, area, by, where(stores, area))


def _end(stores: Stores, grant: Grant, by: MemberId | None, at: datetime) -> None:
    stores.grants.end(grant.id, by, at)
    was, subject = f"{grant.role} {grant.area}", f"member:{grant.member.id}"
    stores.audit.note(by, ROLE_WITHDRAWN, subject, old=was, new=None, at=at)
