"""What the platform says about somebody's place in a group; asked once for all who want to know."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from handlers import limits

if TYPE_CHECKING:
    from telegram import ChatMember
    from telegram.ext import ExtBot

IN_CHARGE = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)
Key = tuple[int, int]  # a chat and a person, by the platform's ids


def _nobody() -> None:
    """Nobody else has to know."""


def _hear(asked: asyncio.Task[ChatMember]) -> None:
    """Take the error of a question, which asyncio would report where nobody waits for the answer any more."""
    if not asked.cancelled():
        asked.exception()


class Memberships:
    """Remembers for some minutes what the platform said; equal questions at the same time are one."""

    def __init__(
        self,
        factor: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        changed: Callable[[], None] = _nobody,
    ) -> None:
        """`factor` divides the time that is remembered; `changed` is called when a membership has changed."""
        self._factor = factor
        self._clock = clock
        self._changed = changed
        self._known: dict[Key, tuple[ChatMember, float]] = {}  # with when that is forgotten
        self._room = limits.MAX_REMEMBERED
        self._asked: dict[Key, asyncio.Task[ChatMember]] = {}

    async def get(self, bot: ExtBot[None], chat: int, person: int) -> ChatMember:
        """Somebody's place in a chat. Raises TelegramError, of which nothing is remembered."""
        key = (chat, person)
        known, until = self._known.get(key, (None, 0.0))
        if known is not None and self._clock() < until:
            return known
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = asyncio.create_task(self._ask(bot, key))
            asked.add_done_callback(_hear)
        return await asyncio.shield(asked)  # who waits no more does not end it for the others

    def forget(self, chat: int) -> None:
        """Somebody's place in a chat has changed; what is being asked about it may be answered as of before."""
        self._known = {key: kept for key, kept in self._known.items() if key[0] != chat}
        self._asked = {key: asked for key, asked in self._asked.items() if key[0] != chat}
        self._changed()

    def forget_all(self) -> None:
        """Another program has heard of a change."""
        self._known.clear()
        self._asked.clear()

    async def _ask(self, bot: ExtBot[None], key: Key) -> ChatMember:
        me = asyncio.current_task()
        try:
            found = await bot.get_chat_member(*key)
            seconds = await self._seconds(bot, key)
            if self._asked.get(key) is me:
                self._remember(key, found, seconds)
            return found
        finally:
            if self._asked.get(key) is me:
                del self._asked[key]

    async def _seconds(self, bot: ExtBot[None], key: Key) -> float:
        """How long it may be remembered: long where the platform would tell the bot of a change.

        It tells every bot about itself, and administrators about everybody.
        """
        chat, person = key
        try:
            is_told = person == bot.id or (await self.get(bot, chat, bot.id)).status in IN_CHARGE
        except TelegramError:
            is_told = False
        return limits.MEMBERSHIP_KEPT_SECONDS if is_told else limits.UNTOLD_KEPT_SECONDS

    def _remember(self, key: Key, found: ChatMember, seconds: float) -> None:
        now = self._clock()
        if len(self._known) >= self._room:
            self._known = {key: kept for key, kept in self._known.items() if now < kept[1]}
            self._room = limits.room_beside(len(self._known))
        self._known[key] = (found, now + seconds / self._factor)
