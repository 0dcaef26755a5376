"""How fast Telegram lets a bot speak: about 30 messages a second in all, one a second and 20 a minute in a group.

Source: Telegram's bot FAQ, “My bot is hitting limits”; short bursts in one chat are allowed there.

Telegram counts a call when it arrives, which is some time between its start and its answer. So a call counts here from
its start until the span of its limit has passed after its answer: then no span of Telegram's holds more than the limit.
"""

import asyncio
from collections import deque
from math import inf

from aiolimiter import AsyncLimiter

IN_ALL = 30  # a second
BURST, BURST_SECONDS = 5, 5  # in one chat: one a second in the long run
A_MINUTE_IN_A_GROUP = 20
CATCH_UP = 0.25  # seconds' worth of calls that may go out at once after a pause
FORGET_AFTER = 10_000  # chats


class Window:
    """At most so many calls in any span of so many seconds."""

    def __init__(self, most: float, seconds: float) -> None:
        self._most = int(most)
        self._seconds = seconds
        self._under_way = 0
        self._free_at: deque[float] = deque()  # when answered calls stop counting

    def room(self, now: float) -> int:
        """How many calls may start."""
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()
        return self._most - self._under_way - len(self._free_at)

    def opens_at(self, now: float) -> float:
        """From when on a call may start; infinity where that hangs on an answer."""
        if self.room(now) > 0:
            return now
        return self._free_at[0] if self._free_at else inf

    def begin(self) -> None:
        """A call starts."""
        self._under_way += 1

    def end(self, now: float) -> None:
        """A call was answered, or is waited for no more."""
        self._under_way -= 1
        self._free_at.append(now + self._seconds)

    def is_empty(self, now: float) -> bool:
        """Whether it counts no call."""
        return self.room(now) == self._most


class Pace:
    """Tells when the platform would take another message: evenly in all, and never more than a limit's worth."""

    def __init__(self, factor: float = 1.0) -> None:
        """`factor` multiplies every limit (a sandbox may allow more)."""
        self._factor = factor
        rate = IN_ALL * factor
        self._evenly = AsyncLimiter(max(1.0, rate * CATCH_UP), max(1.0, rate * CATCH_UP) / rate)
        self._gap = 1 / rate
        self._all = Window(rate, 1)
        self._chats: dict[int, tuple[Window, ...]] = {}
        self._room = FORGET_AFTER
        self._full: set[int] = set()

    @property
    def factor(self) -> float:
        """What every limit is multiplied by."""
        return self._factor

    def room(self, most: int) -> int:
        """How many messages may go out now, no more than `most`."""
        room = min(most, self._all.room(_now()), int(self._evenly.max_rate))
        while room > 0 and not self._evenly.has_capacity(room):
            room -= 1
        return max(room, 0)

    def pause(self) -> float:
        """Seconds until there may be room again; infinity where that hangs on an answer."""
        now = _now()
        return max(self._all.opens_at(now) - now, self._gap)

    def barred(self) -> frozenset[int]:
        """The chats (the platform's ids) that have no room of their own now."""
        now = _now()
        self._full = {place for place in self._full if any(one.room(now) <= 0 for one in self._windows(place))}
        return frozenset(self._full)

    def opens(self) -> float:
        """Seconds until the next of the barred chats has room; infinity where none is barred."""
        now = _now()
        return min((max(one.opens_at(now) for one in self._windows(place)) for place in self._full), default=inf) - now

    async def begin(self, place: int) -> None:
        """A message goes out to a chat (the platform's id; groups have negative ones), for which there is room."""
        await self._evenly.acquire()
        for window in (self._all, *self._windows(place)):
            window.begin()
        self._full.add(place)  # perhaps: the next look tells

    def end(self, place: int) -> None:
        """The platform has answered, or is waited for no more."""
        for window in (self._all, *self._windows(place)):
            window.end(_now())

    def _windows(self, place: int) -> tuple[Window, ...]:
        if place not in self._chats:
            if len(self._chats) >= self._room:
                self._forget()
            windows = [Window(BURST * self._factor, BURST_SECONDS)]
            if place < 0:
                windows.append(Window(A_MINUTE_IN_A_GROUP * self._factor, 60))
            self._chats[place] = tuple(windows)
        return self._chats[place]

    def _forget(self) -> None:
        """Drop the chats that have been silent for so long that no limit counts anything."""
        now = _now()
        self._chats = {
            place: windows
            for place, windows in self._chats.items()
            if not all(window.is_empty(now) for window in windows)
        }
        self._room = max(FORGET_AFTER, 2 * len(self._chats))  # else each new chat would be compared with all of them


def _now() -> float:
    return asyncio.get_running_loop().time()
