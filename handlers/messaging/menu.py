"""The commands that somebody may use in a chat, for /help and for a command menu of their own.

The fixed menus are set when the program starts (`bot.menus`). Whoever may do more in a chat gets a menu of their own
there, set after their /start or /help: a secretary who is not a platform administrator of the group, for example.
"""

import logging
from collections.abc import Sequence
from functools import partial

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeChatMember
from telegram.error import TelegramError

from handlers import access
from handlers.context import Context
from handlers.feature import Audience, Entry
from handlers.form import AllStores as Stores

log = logging.getLogger(__name__)
EVERYBODYS = frozenset({Audience.EVERYBODY, Audience.PRIVATE})


def entries(context: Context) -> list[Entry]:
    """All entries of all features, in menu order."""
    return sorted((one for feature in context.services.features for one in feature.entries), key=lambda one: one.order)


async def offered(context: Context) -> list[Entry]:
    """The entries that the sender may use here. Raises NotSureWho."""
    may, chat = await access.allowed(context), context.actor.chat
    found = [one for one in entries(context) if one.needs.here(chat) in may]
    return await context.read(partial(_shown, found=found))


def _shown(stores: Stores, *, found: Sequence[Entry]) -> list[Entry]:
    return [one for one in found if one.shown is None or one.shown(stores)]


async def follow(context: Context, found: Sequence[Entry]) -> None:
    """Set the sender's own command menu if they may do more here than others. It is no loss if that fails."""
    chat, member = context.actor.chat, context.actor.member
    leads = any(one.in_own_menu and not one.audiences & EVERYBODYS for one in found)
    if not member.is_person or not leads or member.platform_id is None:
        return
    scope: BotCommandScope = BotCommandScopeChat(chat.platform_id)
    if chat.is_group:
        scope = BotCommandScopeChatMember(chat.platform_id, member.platform_id)
    shown = {one.command: one for one in reversed(found) if one.in_own_menu}  # the first entry of a command
    commands = [BotCommand(one.command, context.label(one.menu_text)) for one in reversed(shown.values())]
    try:
        await context.bot.set_my_commands(commands, scope=scope)
    except TelegramError as error:
        log.info("a menu could not be set: %s", error)
