"""What others say of the time: the platform by its answers and by the messages it sends, people by what they write."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from telegram.error import TelegramError
from telegram.ext import ExtBot

from domain.clock.trust import Evidence

STEP = timedelta(minutes=1)  # what the clock and the monotonic one may differ by between two looks
PATIENCE = 3.0  # seconds that the platform is given to answer
ASK_AGAIN = 30.0  # seconds between two questions to a platform that does not say what time it is


class Timekeeper:
    """Keeps how far this clock was ahead when the platform last said what time it is.

    That stays so until somebody sets the clock, or the machine has slept: then it is forgotten, and the platform asked.
    """

    def __init__(self, bot: ExtBot[None], *, now: Callable[[], datetime]) -> None:
        """`bot` asks the platform; `now` is the clock that is compared."""
        self._bot = bot
        self._now = now
        self._header: tuple[str, datetime] | None = None  # read only when somebody wants to know: calls are many
        self._sent: timedelta | None = None
        self._written: datetime | None = None
        self._looked: tuple[datetime, float] | None = None
        self._ask_at = 0.0

    def answered(self, date: str) -> None:
        """The platform has answered, with this `Date` above it."""
        self._header = date, self._now()

    def sent(self, date: datetime) -> None:
        """The platform has just sent a message of ours, and gave it this date."""
        self._sent = self._now() - date

    def written(self, date: datetime) -> None:
        """Somebody wrote a message then; it may have waited long."""
        if self._written is None or date > self._written:
            self._written = date

    async def evidence(self, at: datetime) -> Evidence:
        """What others say of a clock that tells `at`; where nobody does, the platform is asked. Raises nothing."""
        if self._was_set(at):
            self._header = self._sent = None
            self._ask_at = 0.0
        if self._header is None and self._sent is None:
            await self._ask()
        known = (self._ahead_of_header(), self._sent)
        return Evidence(tuple(ahead for ahead in known if ahead is not None), self._written)

    def _was_set(self, at: datetime) -> bool:
        """Whether the clock has gone another way since the last look than time has."""
        before, self._looked = self._looked, (at, time.monotonic())
        if before is None:
            return False
        return abs((at - before[0]) - timedelta(seconds=self._looked[1] - before[1])) > STEP

    def _ahead_of_header(self) -> timedelta | None:
        if self._header is None:
            return None
        date, heard_at = self._header
        try:
            said = parsedate_to_datetime(date)
        except ValueError:
            return None
        return heard_at - (said if said.tzinfo else said.replace(tzinfo=UTC))

    async def _ask(self) -> None:
        """Any call will do: its answer comes with a date."""
        if time.monotonic() < self._ask_at:
            return
        self._ask_at = time.monotonic() + ASK_AGAIN
        try:
            async with asyncio.timeout(PATIENCE):
                await self._bot.get_me()
        except (TelegramError, TimeoutError):
            return
