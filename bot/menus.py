"""The command menus that the platform shows: by place, by role, in each language.

They only show; who may do what is asked each time a command comes.
"""

from collections.abc import Iterator, Sequence

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
from handlers.feature import Audience, Entry

MENUS: tuple[tuple[BotCommandScope, tuple[Audience, ...]], ...] = (
    (BotCommandScopeDefault(), (Audience.EVERYBODY,)),
    (BotCommandScopeAllPrivateChats(), (Audience.EVERYBODY, Audience.PRIVATE)),
    (BotCommandScopeAllChatAdministrators(), (Audience.SECRETARIES, Audience.EVERYBODY)),
)


async def offer(bot: ExtBot[None], settings: Settings, entries: Sequence[Entry]) -> None:
    """Give the platform every menu. Raises TelegramError."""
    for scope, audiences in MENUS:
        shown = {one.command: one for audience in audiences for one in _of(entries, audience)}
        for code, language in languages(settings.language):
            reader = texts.Reader(language, settings.timezone)
            commands = [BotCommand(one.command, texts.label(one.menu_text, reader, {})) for one in shown.values()]
            await bot.set_my_commands(commands, scope=scope, language_code=code)


def _of(entries: Sequence[Entry], audience: Audience) -> list[Entry]:
    return sorted((one for one in entries if audience in one.audiences), key=lambda one: one.order)


def languages(enterprise: str) -> Iterator[tuple[str | None, str]]:
    """For whom, by the platform's code, a menu is in which language; no code means everybody else."""
    yield None, enterprise
    yield from ((language, language) for language in texts.LANGUAGES if language != enterprise)
