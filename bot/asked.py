"""Work that waits beside the writer until a job asks for it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

from storage.database import StoreError

log = structlog.get_logger()


class Asked:
    """Does something each time that it is asked, one time after the other; several asks meanwhile are one."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """`name` is what the log calls it."""
        self._name = name
        self._work = work
        self._asked = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Be ready to be asked."""
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._run(), name=self._name)

    async def stop(self) -> None:
        """Do it no more."""
        self._loop = None
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def ask(self) -> None:
        """Do it soon; from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._asked.set)

    async def _run(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                await self._work()
            except StoreError as error:
                log.warning("was not done", work=self._name, error=str(error))
            except Exception:  # a fault of ours must not keep tomorrow's from being made
                log.exception("failed", work=self._name)
