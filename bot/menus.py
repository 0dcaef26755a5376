"""The command menus that the platform shows: by place, by role, in each language.

They only show; who may do what is asked each time a command comes.
"""

from collections.abc import Iterator

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.ext import ExtBot

import texts
from bot.settings import Settings

FOR_ALL = ("study", "tasks", "done", "suggest", "points", "rank", "leave", "help", "cancel")
IN_PRIVATE = ("settings", "bind", "export")  # what one can do alone with the bot only
FOR_SECRETARIES = ("task", "survey", "summary", "export", "settings")
MENUS: tuple[tuple[BotCommandScope, tuple[str, ...]], ...] = (
    (BotCommandScopeDefault(), FOR_ALL),
    (BotCommandScopeAllPrivateChats(), FOR_ALL + IN_PRIVATE),
    (BotCommandScopeAllChatAdministrators(), FOR_SECRETARIES + FOR_ALL),
)


async def offer(bot: ExtBot[None], settings: Settings) -> None:
    """Give the platform every menu. Raises TelegramError."""
    for scope, names in MENUS:
        for code, language in languages(settings.language):
            reader = texts.Reader(language, settings.timezone)
            commands = [BotCommand(name, texts.label(f"general.menu_{name}", reader, {})) for name in names]
            await bot.set_my_commands(commands, scope=scope, language_code=code)


def languages(enterprise: str) -> Iterator[tuple[str | None, str]]:
    """For whom, by the platform's code, a menu is in which language; no code means everybody else."""
    yield None, enterprise
    yield from ((language, language) for language in texts.LANGUAGES if language != enterprise)
