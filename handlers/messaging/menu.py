"""What somebody may do where they ask, for /help and for a menu of their own.

Everybody's menus are set when the program starts (`bot.menus`). Who may do more at a place has one of their own there,
which follows their /start and /help: a secretary who is no administrator of the group on the platform, say.
"""

import logging
from collections.abc import Sequence

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeChatMember
from telegram.error import TelegramError

from handlers import access
from handlers.context import Context
from handlers.feature import Audience, Entry

log = logging.getLogger(__name__)
EVERYBODYS = frozenset({Audience.EVERYBODY, Audience.PRIVATE})


def entries(context: Context) -> list[Entry]:
    """All entries that features have declared, in the order of a menu."""
    return sorted((one for feature in context.services.features for one in feature.entries), key=lambda one: one.order)


async def offered(context: Context) -> list[Entry]:
    """What who asks may use here. Raises NotSureWho."""
    may, chat = await access.allowed(context), context.actor.chat
    return [one for one in entries(context) if one.told_to.here(chat) in may]


async def follow(context: Context, found: Sequence[Entry]) -> None:
    """Give who may do more than others here a menu of their own; without it they can still write everything."""
    chat, member = context.actor.chat, context.actor.member
    leads = any(one.in_own_menu and not one.audiences & EVERYBODYS for one in found)
    if not member.is_person or not leads or member.platform_id is None:
        return
    scope: BotCommandScope = BotCommandScopeChat(chat.platform_id)
    if chat.is_group:
        scope = BotCommandScopeChatMember(chat.platform_id, member.platform_id)
    shown = {one.command: one for one in reversed(found) if one.in_own_menu}  # the first of a command counts
    commands = [BotCommand(one.command, context.label(one.menu_text)) for one in reversed(shown.values())]
    try:
        await context.bot.set_my_commands(commands, scope=scope)
    except TelegramError as error:
        log.info("a menu could not be set: %s", error)
