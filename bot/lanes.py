"""Order within a lane, lanes side by side, and a place for everybody."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from bot.background import Background

Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of work, and whose it is; `None` where nobody knows."""

    work: Work
    person: Hashable | None


@dataclass(slots=True)
class Places:
    """A person's places, and how many pieces of work have one or wait for one."""

    free: asyncio.Semaphore
    using: int = 0


class Lanes:
    """Runs work in order within a lane (a chat), different lanes at the same time.

    A lane and a person wait for themselves: a lane runs one piece at a time, a person's pieces take so many places at
    most, and whoever waits for a place gets it in turn. So nobody's backlog takes the places of others.
    """

    def __init__(self, most: int, most_of_person: int | None = None) -> None:
        """`most` pieces run at a time, and of one person's `most_of_person`."""
        self._places = asyncio.Semaphore(most)
        self._most_of_person = most_of_person or most
        self._persons: dict[Hashable, Places] = {}
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
                if piece.person is None:
                    async with self._places:
                        await piece.work()
                else:
                    await self._run_for(piece.person, piece.work)
        finally:  # with work left, when a drain's time was over
            del self._waiting[lane]

    async def _run_for(self, person: Hashable, work: Work) -> None:
        """Run work in one of a person's places, taken before one of all: who waits for it keeps nobody else waiting."""
        places = self._persons.get(person)
        if places is None:
            places = self._persons[person] = Places(asyncio.Semaphore(self._most_of_person))
        places.using += 1
        try:
            async with places.free, self._places:
                await work()
        finally:
            places.using -= 1
            if not places.using:
                del self._persons[person]

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for all work to end, at most so long; what still runs then is cancelled."""
        await self._running.drain(seconds)

    @property
    def empty(self) -> bool:
        """Whether nothing waits or runs."""
        return self._running.empty
