"""Order within a lane, lanes side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable

from bot.background import Background

Work = Callable[[], Awaitable[None]]


class Lanes:
    """Runs work in order within a lane (a chat), different lanes at the same time, at most so much in all."""

    def __init__(self, most: int) -> None:
        """`most` pieces of work may wait or run; `put` waits for room."""
        self._room = asyncio.Semaphore(most)
        self._waiting: dict[Hashable, deque[Work]] = {}
        self._running = Background()

    async def put(self, lane: Hashable, work: Work) -> None:
        """Run work after everything that was put into its lane before; it must not raise."""
        await self._room.acquire()
        if lane in self._waiting:
            self._waiting[lane].append(work)
            return
        self._waiting[lane] = deque([work])
        self._running.begin(self._run(lane))

    async def _run(self, lane: Hashable) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                try:
                    await waiting.popleft()()
                finally:
                    self._room.release()
        finally:
            del self._waiting[lane]
            for _ in waiting:  # dropped, when a drain's time was over
                self._room.release()

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for all work to end, at most so long; what still runs then is cancelled."""
        await self._running.drain(seconds)

    @property
    def empty(self) -> bool:
        """Whether nothing waits or runs."""
        return self._running.empty
