"""Handles updates, each until that is done or given up, and never longer than it may take."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from itertools import count
from typing import cast

import structlog
from structlog.contextvars import bind_contextvars, reset_contextvars

from bot.application import Jingyi, RefusingApplication
from bot.metrics import Metrics
from bot.polling import BACK_OFF
from bot.reading import Arrived, kind_of, read
from bot.tries import NeverEnded, Tries
from bot.words import at_once
from domain.ids import UpdateId
from domain.messaging import inbox
from handlers.origin import changes_membership
from storage.database import Database, StoreError

log = structlog.get_logger()
MAX_HANDLING = 60.0  # seconds that one try may take; the event loop goes on meanwhile, else see bot/watchdog.py


class Handling:
    """Gives one update after another to the application; three tries each."""

    def __init__(
        self,
        database: Database,
        application: Jingyi,
        *,
        now: Callable[[], datetime],
        metrics: Metrics,
        ready: Callable[[], Awaitable[None]] = at_once,
    ) -> None:
        """`ready` waits until the program has loaded what handlers wait for."""
        self.tries = Tries(database, ready)
        self._database = database
        self._application = application
        self._now = now
        self._metrics = metrics

    async def handle(self, arrived: Arrived) -> None:
        """Handle one until that is done or given up; never raises, so that its chat goes on.

        Its id is in every line that is logged meanwhile.
        """
        logged = bind_contextvars(update=arrived.id)  # `bound_contextvars` looks through all variables, at each press
        try:
            await self._handle_until_done(arrived)
        finally:
            reset_contextvars(**logged)
            self.tries.done_with(arrived.id)

    async def _handle_until_done(self, arrived: Arrived) -> None:
        for wait in count(1):
            begun, outcome = time.monotonic(), "failed"
            try:
                async with self.tries.begun(arrived.id) as open_still:
                    if open_still:
                        await self._process_in_time(arrived)
                outcome = "done"
                return
            except StoreError as error:  # the update is safe where it is; the store will be back
                outcome = "refused"
                log.warning("the store refuses", update=arrived.id, error=str(error))
            except Exception as error:  # a fault of ours in one update must not stop the others
                log.exception("handling an update failed", update=arrived.id)
                if await self._give_up(arrived, error):
                    outcome = "set_aside"
                    return
            finally:
                self._metrics.handled(kind_of(arrived.body), outcome, time.monotonic() - begun)
            await asyncio.sleep(BACK_OFF[min(wait, len(BACK_OFF)) - 1] / 4)

    async def _process_in_time(self, arrived: Arrived) -> None:
        """Raises TimeoutError where it takes too long; whoever blocks the event loop is the watchdog's."""
        async with asyncio.timeout(MAX_HANDLING):
            await self._process(arrived)

    async def _process(self, arrived: Arrived) -> None:
        update = arrived.update or read(arrived.body, self._application.bot)
        await self._application.process_update(update)
        await self._close(arrived.id)
        if changes_membership(update):
            self._application.bot_data.known_actors.clear()  # waiting updates look up their senders again

    async def _close(self, update: UpdateId) -> None:
        closed = self._application.bot_data.closed
        if update in closed:
            closed.discard(update)
        else:
            await self._database.write(inbox.close, update=update, at=self._now())

    async def _give_up(self, arrived: Arrived, error: Exception) -> bool:
        """Note a failure; after the last one set the update aside, with a word to whoever waits."""
        told = type(error).__name__
        try:
            if not await self._database.write(inbox.fail, update=arrived.id, error=told, at=self._now()):
                return False
            log.error("an update was set aside", update=arrived.id)
            if not isinstance(error, NeverEnded) or error.may_apologise:
                await self._apologise(arrived)
            await self._close(arrived.id)
        except StoreError:
            return False
        return True

    async def _apologise(self, arrived: Arrived) -> None:
        """Tell whoever waits, if that can be done."""
        with suppress(Exception):  # it may fail of the same fault
            async with asyncio.timeout(MAX_HANDLING):
                await cast(RefusingApplication, self._application).apologise(read(arrived.body, self._application.bot))
