"""Fetches updates by long polling."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any, cast

import structlog
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData takes nothing else

from bot.reading import WANTED
from bot.request import Request
from storage.database import StoreError

log = structlog.get_logger()
POLL_SECONDS = 25
FULL_BATCH = 100  # updates, the most that the platform gives at once
MARGIN = 10  # seconds on top of a long poll
BACK_OFF = (1, 2, 5, 10, 30)  # seconds, the last one again and again
Bodies = Sequence[dict[str, Any]]


class Polling:
    """Fetches updates and hands them over; the platform hears that they were received by the next fetch."""

    def __init__(self, request: Request, take: Callable[[Bodies], Awaitable[None]]) -> None:
        """`take` stores a batch; where it raises, the batch is fetched again."""
        self._request = request
        self._take = take
        self._task: asyncio.Task[None] | None = None
        self.caught_up = asyncio.Event()  # all that waited at the platform is stored, or the platform did not answer

    @property
    def ended(self) -> bool:
        """Whether it was begun, and goes on no more."""
        return self._task is not None and self._task.done()

    def start(self, url: str) -> None:
        """Fetch from now on; `url` is the platform's, with the token."""
        self.caught_up.clear()
        self._task = asyncio.create_task(self._poll(f"{url}/getUpdates"), name="intake")

    async def stop(self) -> None:
        """Fetch no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _poll(self, url: str) -> None:
        offset, failures = 0, 0
        while True:
            try:
                bodies = await self._fetch(url, offset)
                if bodies:
                    await self._take(bodies)
                    offset = max(body["update_id"] for body in bodies) + 1
                if len(bodies) < FULL_BATCH:
                    self.caught_up.set()
                failures = 0
            except (TelegramError, StoreError) as error:
                wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                log.warning("fetching updates failed", error=_told(error), again_in=wait)
                failures += 1
                self.caught_up.set()
                await asyncio.sleep(wait)
            except Exception:  # a fault of ours must not leave the bot deaf
                log.exception("fetching updates failed")
                self.caught_up.set()
                await asyncio.sleep(BACK_OFF[0])

    async def _fetch(self, url: str, offset: int) -> list[dict[str, Any]]:
        seconds = POLL_SECONDS if self.caught_up.is_set() else 0
        wanted = {"offset": offset, "timeout": seconds, "allowed_updates": WANTED}
        data = RequestData([RequestParameter.from_input(name, value) for name, value in wanted.items()])
        result = await self._request.post(url, data, read_timeout=POLL_SECONDS + MARGIN)
        return cast("list[dict[str, Any]]", result)


def _told(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another program fetches this bot's updates, or a webhook is set"
    return "the token is not valid" if isinstance(error, InvalidToken) else f"{type(error).__name__}: {error}"
