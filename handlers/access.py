"""Early checks: whether a command belongs in this chat, and whether the platform calls the sender an administrator.

Permissions are enforced in the use cases (`domain.people.permission`). The checks here refuse early, before arguments
are read, and ask the platform where needed, since a transaction cannot wait for its answer.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from domain.messaging.chat import ChatKind
from domain.people import leading
from domain.people import permission as permissions
from domain.people.permission import Permission, Role
from domain.refusal import NotAllowed, Refusal, WrongPlace
from handlers.action import ButtonExpired
from handlers.membership import IN_CHARGE

if TYPE_CHECKING:
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.stores import Stores
    from handlers.context import Context

log = logging.getLogger(__name__)
GONE = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
ANY_ACTING = Permission.GIVE_TASKS  # stands for everything that platform administrators may do in a group


class NotSureWho(Refusal):
    """The platform could not be asked whether somebody is an administrator."""

    text = "general.not_sure_who"


class PrivateOnly(Refusal):
    """The command works in a private chat only."""

    text = "general.private_only"


@dataclass(frozen=True, slots=True)
class Needs:
    """The permission that a command needs in a group and in private; `None` where it cannot be used.

    In private it is enough to have the permission over some part of the enterprise.
    """

    in_group: Permission | None = None
    in_private: Permission | None = None

    def here(self, chat: Chat) -> Permission | None:
        """The permission needed in a chat."""
        return self.in_group if chat.is_group else self.in_private


SEE_OWN = Needs(Permission.SEE_OWN, Permission.SEE_OWN)
TAKE_PART = Needs(Permission.TAKE_PART, Permission.TAKE_PART)


async def admit(context: Context, needs: Needs) -> None:
    """Check that a command may be used here. Raises WrongPlace, PrivateOnly, and the refusals of `check`."""
    permission = needs.here(context.actor.chat)
    if permission is None:
        raise await context.read(partial(_elsewhere, actor=context.actor, needs=needs))
    await check(context, permission)


def _elsewhere(stores: Stores, *, actor: Actor, needs: Needs) -> Refusal:
    """The place where a command can be used instead; not a place where the sender would be refused again."""
    if actor.chat.is_group:
        private = replace(actor, chat=replace(actor.chat, kind=ChatKind.PRIVATE))
        return _refusal_of(stores, private, needs.in_private) or PrivateOnly()
    refusal = _refusal_of(stores, actor, needs.in_group)
    if isinstance(refusal, NotAllowed):
        by = refusal.values["by"]
        return NotAllowed(by=by, group_admins=by is Role.SECRETARY, in_group=True)
    return refusal or WrongPlace()


def _refusal_of(stores: Stores, actor: Actor, permission: Permission | None) -> Refusal | None:
    return None if permission is None else permissions.refusal_of(stores, actor, permission)


async def check(context: Context, permission: Permission) -> None:
    """Check that the sender has a permission; asks the platform if the answer depends on it.

    Raises NotAllowed, HasLeft, NobodyKnown, NotSureWho.
    """
    if permission is Permission.SEE_OWN or (permission is Permission.TAKE_PART and not context.actor.has_left):
        return
    depends, refusal = await context.read(partial(_check_stored, actor=context.actor, permission=permission))
    if depends:
        context.actor = await with_platform(context, context.actor)
        refusal = await context.read(partial(permissions.refusal_of, actor=context.actor, permission=permission))
    if refusal is not None:
        raise refusal


def _check_stored(stores: Stores, *, actor: Actor, permission: Permission) -> tuple[bool, Refusal | None]:
    depends = permissions.depends_on_platform(stores, actor, permission)
    return depends, None if depends else permissions.refusal_of(stores, actor, permission)


async def may(context: Context, permission: Permission) -> bool:
    """Whether the sender has a permission here. Raises NotSureWho."""
    try:
        await check(context, permission)
    except NotSureWho:
        raise
    except Refusal:
        return False
    return True


async def allowed(context: Context) -> frozenset[Permission]:
    """All permissions that the sender has here. Raises NotSureWho."""
    if await context.read(partial(permissions.depends_on_platform, actor=context.actor, permission=ANY_ACTING)):
        context.actor = await with_platform(context, context.actor)
    return await context.read(partial(permissions.allowed, actor=context.actor))


async def in_group(context: Context, group: Chat, permission: Permission) -> Actor:
    """The sender as an actor in a group, from whichever chat they wrote. Raises NotSureWho."""
    there = replace(context.actor, chat=group, is_platform_admin=False)
    if await context.read(partial(permissions.depends_on_platform, actor=there, permission=permission)):
        return await with_platform(context, there)
    return there


async def where_allowed(context: Context, permission: Permission) -> list[Actor]:
    """The sender of a private message as an actor in each group where they have a permission. Raises NotSureWho."""
    groups = await context.read(partial(leading.groups, actor=context.actor, permission=permission))
    there = [await in_group(context, group, permission) for group in groups]

    def allowed_there(stores: Stores) -> list[Actor]:
        return [one for one in there if permissions.allows(stores, one, permission)]

    return await context.read(allowed_there)


async def where_pressed(context: Context, permission: Permission, number: int) -> Actor:
    """The presser in private as an actor in the group whose number a button or a link carries.

    Raises ButtonExpired where they have no such permission there, NotSureWho.
    """
    found = next((one for one in await where_allowed(context, permission) if one.group.id == number), None)
    if found is None:
        raise ButtonExpired
    return found


async def with_platform(context: Context, actor: Actor) -> Actor:
    """The actor, completed with whether the platform calls them an administrator of the group. Raises NotSureWho."""
    who, where = actor.member.platform_id, actor.chat.platform_id
    if who is None or who == where:  # an anonymous administrator speaks as the group
        return replace(actor, is_platform_admin=who == where)
    try:
        status = (await context.services.memberships.get(context.bot, where, who)).status
    except TelegramError as error:
        log.warning("the platform does not say who somebody is: %s", error)
        raise NotSureWho from error
    return replace(actor, is_platform_admin=status in IN_CHARGE)
