"""Whether whoever speaks may do what they ask for, and what they are told where not."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from domain.people import permission as rights
from domain.people.permission import EVERYBODY, PERMISSIONS, Permission, Powers, Role
from domain.refusal import NotAllowed, Refusal, WrongPlace

if TYPE_CHECKING:
    from domain.messaging.chat import Chat
    from domain.stores import Stores
    from handlers.context import Context

log = logging.getLogger(__name__)
IN_CHARGE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


class NotSureWho(Refusal):
    """The platform did not say whether somebody is an administrator."""

    text = "general.not_sure_who"


class PrivateOnly(Refusal):
    """The command makes sense in private only."""

    text = "general.private_only"


class Unknowable(Refusal):
    """An anonymous administrator asks for what needs a role, and cannot be told from the others."""

    text = "general.unknowable"


class NotEverywhere(Refusal):
    """What concerns the whole enterprise takes a role over all of it."""

    text = "general.not_everywhere"


class Gone(Refusal):
    """The roster says that they have left."""

    text = "general.gone"


@dataclass(frozen=True, slots=True)
class Needs:
    """The permission that a command needs in a group and in private; where it is `None`, it belongs elsewhere.

    In private it is enough to have it over some part of the enterprise.
    """

    in_group: Permission | None = None
    in_private: Permission | None = None

    def here(self, chat: Chat) -> Permission | None:
        """The one that counts in a chat."""
        return self.in_group if chat.is_group else self.in_private


SEE_OWN = Needs(Permission.SEE_OWN, Permission.SEE_OWN)
TAKE_PART = Needs(Permission.TAKE_PART, Permission.TAKE_PART)


async def demand(context: Context, needs: Needs) -> None:
    """Let a command through.

    Raises WrongPlace, PrivateOnly, NotAllowed, NotSureWho, Unknowable, Gone.
    """
    permission = needs.here(context.actor.chat)
    if permission is None:
        raise PrivateOnly if context.actor.chat.is_group else WrongPlace
    if permission is not Permission.SEE_OWN:
        await check(context, permission)


async def group(context: Context, permission: Permission) -> Chat:
    """The group, for somebody who may do something in it. Raises what `check` does, and WrongPlace."""
    here = context.group()
    await check(context, permission)
    return here


async def check(context: Context, permission: Permission) -> None:
    """Raises NotAllowed, NotSureWho, Unknowable, Gone where whoever speaks does not have a permission here."""
    powers = await powers_of(context)
    if await _allowed(context, powers, permission):
        return
    if powers.has_left:
        raise Gone
    if not context.actor.member.is_person:
        raise Unknowable(secretary=powers.has_secretary)
    who = Role.SECRETARY if permission in PERMISSIONS[Role.SECRETARY] else Role.ADMINISTRATOR
    stands_in = who is Role.SECRETARY and not powers.has_secretary
    raise NotAllowed(by=who, group_admins=stands_in)


async def check_everywhere(context: Context, permission: Permission) -> None:
    """Raises NotEverywhere where whoever speaks has a permission over a part of the enterprise only, or nowhere."""
    if not await context.services.database.read(_has_everywhere, context=context, permission=permission):
        raise NotEverywhere


def _has_everywhere(stores: Stores, *, context: Context, permission: Permission) -> bool:
    actor = context.actor
    if actor.member.platform_id in context.services.administrators:
        return True
    held = stores.grants.held(actor.member.id, actor.chat)
    return any(permission in PERMISSIONS[role] and area.everywhere for role, area in held.roles)


async def may(context: Context, permission: Permission) -> bool:
    """Whether whoever speaks has a permission here. Raises NotSureWho."""
    return await _allowed(context, await powers_of(context), permission)


async def permissions(context: Context) -> set[Permission]:
    """All that whoever speaks may do here. Raises NotSureWho."""
    powers = await powers_of(context)
    held = {one for one in Permission if powers.allow(one)}
    acting = PERMISSIONS[Role.SECRETARY] - held
    stands_in = acting and await _allowed(context, powers, next(iter(acting)))
    return held | acting if stands_in else held


async def powers_of(context: Context, where: Chat | None = None) -> Powers:
    """What whoever speaks is here, or in another chat, by the store."""
    actor, first = context.actor, context.services.administrators
    read, chat = context.services.database.read, where or context.actor.chat
    found = await read(rights.powers, member=actor.member, chat=chat, first=first, at=context.now)
    return cast(Powers, found)


async def may_in(context: Context, where: Chat, permission: Permission) -> bool:
    """Whether whoever speaks has a permission in a group, wherever they speak. Raises NotSureWho."""
    return await _allowed(context, await powers_of(context, where), permission, where)


async def _allowed(context: Context, powers: Powers, permission: Permission, where: Chat | None = None) -> bool:
    """By a role; and while no secretary was named for a group, its administrators on the platform act as such."""
    chat = where or context.actor.chat
    if powers.allow(permission):
        return True
    acting = PERMISSIONS[Role.SECRETARY] - EVERYBODY
    if powers.has_secretary or powers.has_left or not chat.is_group or permission not in acting:
        return False
    return await _rules_group(context, chat)


async def _rules_group(context: Context, group: Chat) -> bool:
    """Whether whoever speaks is an administrator of a group on the platform. Raises NotSureWho."""
    who, where = context.actor.member.platform_id, group.platform_id
    if who is None or who == where:  # an anonymous administrator speaks as the group
        return who == where
    try:
        return (await context.bot.get_chat_member(where, who)).status in IN_CHARGE
    except TelegramError as error:
        log.warning("the platform does not say who somebody is: %s", error)
        raise NotSureWho from error
