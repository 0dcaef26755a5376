"""The command menus that the platform shows: by place, by role, in each language.

They only show; who may do what is asked each time a command comes.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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


@dataclass(frozen=True, slots=True)
class Menu:
    """Commands for one place, in one language; no code means everybody whose language has no menu."""

    scope: BotCommandScope
    code: str | None
    commands: tuple[BotCommand, ...]


async def offer(bot: ExtBot[None], settings: Settings, entries: Sequence[Entry]) -> None:
    """Give the platform every menu. Raises TelegramError."""
    # The first labels compile the texts of all features, which would hold up the event loop for about a second.
    for menu in await asyncio.to_thread(_menus, settings.language, settings.timezone, tuple(entries)):
        await bot.set_my_commands(menu.commands, scope=menu.scope, language_code=menu.code)


@cache
def _menus(enterprise: str, zone: str, entries: tuple[Entry, ...]) -> list[Menu]:
    return [
        Menu(scope, code, tuple(_commands(shown, texts.Reader(language, zone))))
        for scope, shown in _shown(entries)
        for code, language in languages(enterprise)
    ]


def _shown(entries: Sequence[Entry]) -> Iterator[tuple[BotCommandScope, Sequence[Entry]]]:
    """What is shown where: each command once."""
    for scope, audiences in MENUS:
        shown = {one.command: one for audience in audiences for one in _of(entries, audience)}
        yield scope, tuple(shown.values())


def _commands(shown: Sequence[Entry], reader: texts.Reader) -> Iterator[BotCommand]:
    for one in shown:
        yield BotCommand(one.command, texts.label(one.menu_text, reader, {}))


def _of(entries: Sequence[Entry], audience: Audience) -> list[Entry]:
    return sorted((one for one in entries if audience in one.audiences), key=lambda one: one.order)


def languages(enterprise: str) -> Iterator[tuple[str | None, str]]:
    """For whom, by the platform's code, a menu is in which language; no code means everybody else."""
    yield None, enterprise
    yield from ((language, language) for language in texts.LANGUAGES if language != enterprise)
