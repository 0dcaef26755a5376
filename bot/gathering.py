"""What comes one by one while something is under way is done together when that has ended."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from copy import copy
from typing import Generic, TypeVar

from storage.database import StoreError

T = TypeVar("T")


class Gathering(Generic[T]):
    """Does things in the order in which they came, as many at a time as wait."""

    def __init__(self, do: Callable[[Sequence[T]], Awaitable[None]], most: int) -> None:
        """`do` does at most so many; where it fails of anything but the store, each is done alone."""
        self._do = do
        self._most = most
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def add(self, things: Sequence[T]) -> None:
        """Have things done. Raises what doing them raises."""
        done = [asyncio.get_running_loop().create_future() for _ in things]
        self._waiting += zip(things, done, strict=True)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run(), name="gathering")
        await asyncio.gather(*done)

    async def stop(self) -> None:
        """Begin nothing more, and cut off what is under way."""
        for _, done in self._waiting:
            done.cancel()
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _run(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
            try:
                await self._do_all(together)
            finally:  # nobody waits for ever when this was cut off
                for _, done in together:
                    done.cancel()

    async def _do_all(self, together: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self._do([thing for thing, _ in together])
        except Exception as error:
            if isinstance(error, StoreError) or len(together) == 1:
                _tell(together, error)
            else:  # which of them it was shows when each is done alone
                for one in together:
                    await self._do_all([one])
        else:
            _tell(together, None)


def _tell(together: Sequence[tuple[T, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, done in together:
        if done.done():  # whoever waited has gone
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(copy(error) if len(together) > 1 else error)
