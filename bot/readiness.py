"""Whether the program can do its work now."""

import asyncio

from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.intake import Intake
from bot.request import Request
from domain.admin import backlog
from storage.database import Database, StoreError

LATELY = 60.0  # seconds; a long poll ends well within
PATIENCE = 3.0  # seconds


class Readiness:
    """Looks at the store, the intake and the platform."""

    def __init__(self, database: Database, intake: Intake, request: Request, bot: ExtBot[None]) -> None:
        """`request` is the transport on which `bot` calls."""
        self._database = database
        self._intake = intake
        self._request = request
        self._bot = bot

    async def missing(self) -> list[str]:
        """Which of `intake`, `platform` and `store` does not work; raises nothing for it."""
        database, platform = await asyncio.gather(self._store_writes(), self._platform_answers())
        works = {"intake": self._intake.running, "platform": platform, "store": database}
        return [part for part, does in works.items() if not does]

    async def _store_writes(self) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._database.write(backlog.check)
        except (StoreError, TimeoutError):
            return False
        return True

    async def _platform_answers(self) -> bool:
        """Whether it has answered lately; where nobody asked it, whether it answers now."""
        if self._request.silence <= LATELY:
            return True
        try:
            async with asyncio.timeout(PATIENCE):
                await self._bot.get_me()
        except (TelegramError, TimeoutError):
            return False
        return True
