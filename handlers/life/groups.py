"""Whoever plans the work of a group does so in private, too: as an actor in that group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.people.permission import Permission
from handlers import access
from handlers.action import ButtonExpired

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.ids import ChatId
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores


async def in_group(context: Context, group: ChatId) -> Actor:
    """The sender as an actor in a group. Raises ButtonExpired where there is no such group, NotSureWho."""
    chat = await context.read(lambda stores: stores.chats.look_up(group))
    if chat is None or not chat.is_group:
        raise ButtonExpired
    return await access.in_group(context, chat, Permission.PLAN_WORK)


async def in_group_of(context: Context, group_of: Callable[[Stores], ChatId]) -> Actor:
    """The sender as an actor in the group of something. Raises what `group_of` does, ButtonExpired, NotSureWho."""
    return await in_group(context, await context.read(group_of))
