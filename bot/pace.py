"""How fast Telegram lets a bot speak: about 30 messages a second in all, one a second and 20 a minute in a group.

Source: Telegram's bot FAQ, “My bot is hitting limits”; short bursts in one chat are allowed there.
"""

from aiolimiter import AsyncLimiter

IN_ALL = 30  # a second
BURST = 3  # at once in one chat, then one a second
A_MINUTE_IN_A_GROUP = 20
FORGET_AFTER = 10_000  # chats


class Pace:
    """Waits until the platform would take another message."""

    def __init__(self, factor: float = 1.0) -> None:
        """`factor` multiplies every limit (a sandbox may allow more)."""
        self._factor = factor
        self._all = AsyncLimiter(IN_ALL * factor, 1)
        self._chats: dict[int, tuple[AsyncLimiter, ...]] = {}

    async def wait(self, place: int) -> None:
        """Wait for a chat's turn (the platform's id; groups have negative ones) and for everybody's."""
        for limiter in self._limiters(place):
            await limiter.acquire()
        await self._all.acquire()

    def _limiters(self, place: int) -> tuple[AsyncLimiter, ...]:
        if place not in self._chats:
            if len(self._chats) >= FORGET_AFTER:
                self._chats.clear()
            limiters = [AsyncLimiter(BURST * self._factor, BURST)]
            if place < 0:
                limiters.append(AsyncLimiter(A_MINUTE_IN_A_GROUP * self._factor, 60))
            self._chats[place] = tuple(limiters)
        return self._chats[place]
