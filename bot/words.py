"""What messages are read with: loaded once, in a thread."""

import asyncio

from language import ahead
from language.tags import Tagger


async def at_once() -> None:
    """They are loaded already, or nobody needs them."""


class Words:
    """The words, phrases and patterns: they take longer than the rest of the start, which needs none of them."""

    def __init__(self, tagger: Tagger) -> None:
        self._tagger = tagger
        self._loading: asyncio.Task[None] | None = None

    async def ready(self) -> None:
        """Wait until they are loaded; whoever comes first begins that. Raises TagTableError, OSError."""
        if self._loading is None:
            self._loading = asyncio.create_task(asyncio.to_thread(self._load), name="words")
        await asyncio.shield(self._loading)

    async def stop(self) -> None:
        """Wait for the end of loading, well or not: a thread cannot be stopped."""
        if self._loading is not None:
            await asyncio.wait([self._loading])

    def _load(self) -> None:
        """Load what every message needs, then what suggestions need. Blocks for about two seconds."""
        ahead.prepare()
        self._tagger.load()
