"""Names of people who can help after a refusal, so that nobody has to find out whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people.permission import Role, is_part_of
from domain.refusal import Helper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.people.role import Grant
    from domain.stores import Stores

MOST = 3  # names: with more it is unclear whom to ask
LOOKED_AT = 50  # grants over a group


def names(stores: Stores, actor: Actor, *, by: Helper) -> list[Member | Person]:
    """The names, from the roster, of the secretaries of the place where somebody asks, else of administrators.

    Strangers get no names; only people on the roster or in an admitted group do.
    """
    if not _belongs(stores, actor):
        return []
    found = _secretaries(stores, actor) if by is Helper.SECRETARY else []
    others = [one for one in found or _administrators(stores) if one.id != actor.member.id]
    return [stores.people.of_member(one.id) or one for one in _each_once(others)[:MOST]]


def _belongs(stores: Stores, actor: Actor) -> bool:
    if actor.chat.is_group:
        return actor.chat.is_admitted and is_part_of(stores, actor.member.id, actor.chat)
    return stores.people.of_member(actor.member.id) is not None or bool(_groups(stores, actor))


def _groups(stores: Stores, actor: Actor) -> list[Chat]:
    return [one for one in stores.members.groups_of(actor.member.id, MOST) if one.is_admitted]


def _administrators(stores: Stores) -> list[Member]:
    first = (stores.members.find(platform_id) for platform_id in stores.enterprise.root_admins)
    return [one for one in (*first, *stores.grants.administrators()) if one is not None]


def _secretaries(stores: Stores, actor: Actor) -> list[Member]:
    """The secretaries of the group, in private of one's branch and the branches above it, the nearest first."""
    if actor.chat.is_group:
        return _led(stores.grants.over(actor.chat, 0, LOOKED_AT))
    person = stores.people.of_member(actor.member.id)
    if person is None:
        return [one for group in _groups(stores, actor) for one in _led(stores.grants.over(group, 0, LOOKED_AT))]
    for branch in stores.branches.ancestors(person.branch):
        found = _led(stores.grants.of_branch(branch.id))
        if found:
            return found
    return []


def _led(grants: Iterable[Grant]) -> list[Member]:
    return [one.member for one in grants if one.role is Role.SECRETARY]


def _each_once(members: Iterable[Member]) -> list[Member]:
    return list({one.id: one for one in members}.values())
