"""From a picture as the store keeps it to the bytes that are sent: its drawing says what is painted, `paint` paints it.

Whatever goes wrong costs the picture alone: its message is sent as text (`bot.painting`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Protocol, TypeAlias

import structlog

import texts
from charts import Picture

log = structlog.get_logger()
MAX_PHOTO_BYTES = 10_000_000  # the platform's limit
AT_ONCE = 2  # pictures that are painted at a time
PATIENCE = 10.0  # seconds that a picture may take
REST = 60.0  # seconds without pictures after one that took longer: messages do not wait for a painter that hangs


class Label(Protocol):
    """A text by its name, in the reader's language and without markup."""

    def __call__(self, text: str, /, **values: object) -> str:
        """Raises KeyError for a name that no text has."""


Drawing: TypeAlias = Callable[[Mapping[str, Any], Label], Picture]
"""What `charts` is to paint, from a picture's values and the words of its reader."""

Paint: TypeAlias = Callable[[Picture], Awaitable[bytes]]
"""Paints what a drawing gave, as a PNG, without holding up the event loop."""


class Pictures:
    """The pictures of messages, by their kinds."""

    def __init__(self, drawings: Mapping[str, Drawing], paint: Paint) -> None:
        self._drawings = drawings
        self._paint = paint
        self._room = asyncio.Semaphore(AT_ONCE)
        self._rests_until = 0.0

    async def paint(self, stored: Mapping[str, Any]) -> bytes | None:
        """A picture as a PNG; `None` if it takes too long or is too large. Raises what its drawing and `paint` do."""
        kind = stored["kind"]
        async with self._room:
            loop = asyncio.get_running_loop()
            if loop.time() < self._rests_until:
                return None
            try:
                async with asyncio.timeout(PATIENCE):
                    painted = await self._paint(self._chart(stored))
            except TimeoutError:
                self._rests_until = loop.time() + REST
                log.warning("a picture took too long", picture=kind)
                return None
        if 0 < len(painted) <= MAX_PHOTO_BYTES:
            return painted
        log.warning("the platform would not take a picture", picture=kind, size=len(painted))
        return None

    def _chart(self, stored: Mapping[str, Any]) -> Picture:
        reader = texts.Reader(stored["language"], stored["zone"])
        return self._drawings[stored["kind"]](stored["values"], partial(_label, reader))


def _label(reader: texts.Reader, text: str, /, **values: object) -> str:
    return texts.label(text, reader, values)
