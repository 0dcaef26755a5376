"""Names of people who can help after a refusal, so that nobody has to find out whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.administrators import administrators, secretaries, secretaries_among
from domain.people.permission import is_part_of
from domain.refusal import Helper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.person import Person
    from domain.stores import Stores

MAX_NAMES = 3  # with more it is unclear whom to ask


def names(stores: Stores, actor: Actor, *, by: Helper) -> list[Member | Person]:
    """The names, from the roster, of the secretaries of the place where somebody asks, else of administrators.

    Strangers get no names; only people on the roster or in an admitted group do.
    """
    if not _belongs(stores, actor):
        return []
    found = _secretaries(stores, actor) if by is Helper.SECRETARY else []
    others = [one for one in found or administrators(stores) if one.id != actor.member.id]
    return [stores.people.of_member(one.id) or one for one in _each_once(others)[:MAX_NAMES]]


def _belongs(stores: Stores, actor: Actor) -> bool:
    if actor.chat.is_group:
        return actor.chat.is_admitted and is_part_of(stores, actor.member.id, actor.chat)
    return stores.people.of_member(actor.member.id) is not None or bool(
        stores.members.groups_of(actor.member.id, MAX_NAMES)
    )


def _secretaries(stores: Stores, actor: Actor) -> list[Member]:
    """The secretaries of the group, in private of one's branch and the branches above it, the nearest first."""
    if actor.chat.is_group:
        return secretaries(stores, actor.chat)
    person = stores.people.of_member(actor.member.id)
    if person is None:
        groups = stores.members.groups_of(actor.member.id, MAX_NAMES)
        return [one for group in groups for one in secretaries(stores, group)]
    for branch in stores.branches.ancestors(person.branch):
        found = secretaries_among(stores.grants.of_branch(branch.id))
        if found:
            return found
    return []


def _each_once(members: Iterable[Member]) -> list[Member]:
    return list({one.id: one for one in members}.values())
