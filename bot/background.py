"""Work that nobody waits for, and that the end of the program does not cut off at once."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Background:
    """Runs coroutines beside everything else; they must not raise."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something from now on."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for everything to end, at most so long; what still runs then is cancelled."""
        if self._running:
            _, late = await asyncio.wait(set(self._running), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def empty(self) -> bool:
        """Whether nothing runs."""
        return not self._running
