"""Order within a lane, lanes side by side, and a place for everybody."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.background import Background

Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work, and whose it is; `None` where nobody knows."""

    work: Work
    person: Hashable | None


class Lanes:
    """Runs work in order within a lane (a chat), different lanes at the same time.

    A lane and a person wait for themselves: a lane runs one piece at a time, a person's pieces take so many places at
    most, and whoever waits for a place gets it in turn. So nobody's backlog takes the places of others.
    """

    def __init__(self, most: int, most_of_person: int | None = None) -> None:
        """`most` pieces run at a time, and of one person's `most_of_person`."""
        self._places = asyncio.Semaphore(most)
        self._most_of_person = most_of_person or most
        self._persons: dict[Hashable, asyncio.Semaphore] = {}
        self._using: Counter[Hashable] = Counter()
        self._waiting: dict[Hashable, deque[Piece]] = {}
        self._running = Background()

    def put(self, lane: Hashable, work: Work, person: Hashable | None = None) -> None:
        """Run work after everything that was put into its lane before; it must not raise."""
        piece = Piece(work, person)
        if lane in self._waiting:
            self._waiting[lane].append(piece)
            return
        self._waiting[lane] = deque([piece])
        self._running.begin(self._run(lane))

    def waiting(self, lane: Hashable) -> int:
        """How many pieces of a lane have yet to begin."""
        return len(self._waiting.get(lane, ()))

    async def _run(self, lane: Hashable) -> None:
        waiting = self._waiting[lane]
        try:
            while waiting:
                piece = waiting.popleft()
                async with self._place_of(piece.person), self._places:
                    await piece.work()
        finally:  # with work left, when a drain's time was over
            del self._waiting[lane]

    @asynccontextmanager
    async def _place_of(self, person: Hashable | None) -> AsyncIterator[None]:
        """One of a person's places. It is taken before one of all: who waits for it keeps nobody else waiting."""
        if person is None:
            yield
            return
        places = self._persons.setdefault(person, asyncio.Semaphore(self._most_of_person))
        self._using[person] += 1
        try:
            async with places:
                yield
        finally:
            self._using[person] -= 1
            if not self._using[person]:
                del self._using[person], self._persons[person]

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for all work to end, at most so long; what still runs then is cancelled."""
        await self._running.drain(seconds)

    @property
    def empty(self) -> bool:
        """Whether nothing waits or runs."""
        return self._running.empty
