"""The groups that somebody may be in charge of, from their private chat."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.people.invitation.linking import answered_for
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.stores import Stores

MAX_GROUPS = 50


def groups(stores: Stores, actor: Actor, *, permission: Permission) -> list[Chat]:
    """Groups that somebody is in, or over which a role gives them a permission. It is not checked whether they may."""
    require(stores, actor, Permission.SEE_OWN)
    own = stores.members.groups_of(actor.member.id, MAX_GROUPS)
    found = {group.id: group for group in (*own, *_over(stores, actor, permission))}
    return [group for group in found.values() if group.active and group.is_admitted][:MAX_GROUPS]


def _over(stores: Stores, actor: Actor, permission: Permission) -> Iterator[Chat]:
    """The groups over which somebody has a role, by their branch or by themselves."""
    roots = answered_for(stores, actor, permission)
    if roots is None:
        yield from stores.chats.groups()
        return
    below = {branch for root in roots for branch in stores.branches.subtree(root)}
    if below:
        yield from (group for group in stores.chats.bound() if group.branch in below)
    held = stores.grants.held(actor.member.id, actor.chat).roles
    yield from (stores.chats.get(area.group) for _, area in held if area.group is not None)


def groups_led(stores: Stores, actor: Actor, permission: Permission) -> list[Actor]:
    """Somebody as an actor in each group where one of their roles gives a permission. The platform is not asked."""
    there = (replace(actor, chat=group) for group in groups(stores, actor, permission=permission))
    return [one for one in there if allows(stores, one, permission)]
