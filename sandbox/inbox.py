"""The updates that wait for one bot."""

import asyncio
from collections.abc import Iterable
from itertools import islice, takewhile
from random import randrange
from typing import Any

from sandbox.errors import conflict

Json = dict[str, Any]

# "chat_member, message_reaction, and message_reaction_count (default)" are the ones that are left out.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Inbox:
    """A queue of updates with rising ids, kept until they are confirmed.

    Which kinds are let in is what the bot last asked for (`allowed`; None is Telegram's default set).
    """

    def __init__(self) -> None:
        self.pending: dict[int, Json] = {}
        self.allowed: frozenset[str] | None = None
        self._next_id = randrange(100_000_000, 900_000_000)  # noqa: S311
        self._poll: asyncio.Future[None] | None = None
        self._taps: list[asyncio.Queue[Json]] = []

    def lets_in(self, kind: str) -> bool:
        """Whether the bot wants updates of this kind."""
        return kind not in ON_REQUEST if self.allowed is None else kind in self.allowed

    def ask_for(self, kinds: Iterable[str]) -> None:
        """Remember which kinds the bot wants from now on; none at all is the default set."""
        self.allowed = frozenset(kinds) or None

    def put(self, kind: str, payload: Json) -> None:
        """Add an update, unless the bot does not want its kind."""
        if not self.lets_in(kind):
            return
        update = self.pending[self._next_id] = {"update_id": self._next_id, kind: payload}
        self._next_id += 1
        self.interrupt()
        for tap in self._taps:
            tap.put_nowait(update)

    def clear(self) -> None:
        """Forget all that waits."""
        self.pending.clear()

    def remove(self, update: Json) -> None:
        """Forget one update, because it was delivered."""
        self.pending.pop(update["update_id"], None)

    def confirm(self, offset: int) -> None:
        """Forget what lies before an offset; a negative one keeps that many from the end."""
        if offset < 0:
            surplus = len(self.pending) + offset
        elif offset > self._next_id:
            # Beyond all that was ever given: confirms nothing, as ids can start anew.
            surplus = 0
        else:
            surplus = sum(1 for _ in takewhile(lambda number: number < offset, self.pending))
        for number in list(islice(self.pending, max(0, surplus))):
            del self.pending[number]

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Confirm, then give up to `limit` updates, waiting so many seconds for the first.

        Raises ApiError 409 in a call that still waits when another one comes.
        """
        self.confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(seconds)
        return list(islice(self.pending.values(), limit))

    def interrupt(self, words: str | None = None) -> None:
        """End a call that waits: with a conflict in these words, or without updates."""
        waiting, self._poll = self._poll, None
        if waiting is not None and not waiting.done():
            if words is None:
                waiting.set_result(None)
            else:
                waiting.set_exception(conflict(words))

    def tap(self) -> "asyncio.Queue[Json]":
        """A queue of all that waits and all that will come in, until `untap`."""
        tap: asyncio.Queue[Json] = asyncio.Queue()
        for update in self.pending.values():
            tap.put_nowait(update)
        self._taps.append(tap)
        return tap

    def untap(self, tap: "asyncio.Queue[Json]") -> None:
        """Fill a queue no longer."""
        self._taps.remove(tap)

    async def _wait(self, seconds: float) -> None:
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        waiting = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await waiting
        except TimeoutError:
            pass
        finally:
            if self._poll is waiting:
                self._poll = None
