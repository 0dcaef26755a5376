"""What somebody may do where they ask, for /help and for a menu of their own.

Everybody's menus are set when the program starts (`bot.menus`). Who may do more at a place has one of their own there,
which follows their /start and /help: a secretary who is no administrator of the group on the platform, say.
"""

import logging

from telegram import BotCommand, BotCommandScope, BotCommandScopeChat, BotCommandScopeChatMember
from telegram.error import TelegramError

from handlers import access
from handlers.command import Command
from handlers.context import Context

log = logging.getLogger(__name__)
MORE = (
    "task",
    "survey",
    "summary",
    "export_work",
    "invite",
    "roster",
    "roles",
    "schedule",
    "settings",
)  # as a menu shows them
OTHERS = ("study", "tasks", "done", "suggest", "points", "rank", "leave", "bind", "export", "help", "cancel")
EVERYBODYS = ("settings",)  # in private all have it


async def offered(context: Context) -> list[str]:
    """What who speaks may use here, as /help tells it; a new command is among it as soon as it is listened to."""
    may = await access.permissions(context)
    commands = [one for one in context.application.handlers[0] if isinstance(one, Command) and one.told_as]
    return sorted({str(one.told_as) for one in commands if one.told_to.here(context.actor.chat) in may})


async def follow(context: Context, names: list[str]) -> None:
    """Give who may do more than others here a menu of their own; without it they can still write everything."""
    chat, member = context.actor.chat, context.actor.member
    if not member.is_person or not set(names) & set(MORE) - set(EVERYBODYS) or member.platform_id is None:
        return
    scope: BotCommandScope = BotCommandScopeChat(chat.platform_id)
    if chat.is_group:
        scope = BotCommandScopeChatMember(chat.platform_id, member.platform_id)
    reader, label = context.actor.reader, context.services.label
    shown = dict.fromkeys(name.partition("_")[0] for name in MORE + OTHERS if name in names)
    commands = [BotCommand(name, label(reader, f"general.menu_{name}", {})) for name in shown]
    try:
        await context.bot.set_my_commands(commands, scope=scope)
    except TelegramError as error:
        log.info("a menu could not be set: %s", error)
