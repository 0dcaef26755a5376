"""What the windows of the chat page hear of: events, each made for the person who looks."""

import asyncio
from collections.abc import Callable, Collection
from typing import Any

Json = dict[str, Any]


# A window that takes no events for so long is cut off; it reads everything afresh when it comes back.
MAX_QUEUED_EVENTS = 2_000


class Stream:
    """The events of one window, as they come; None is its end."""

    def __init__(self, person: int | None) -> None:
        self.person = person
        self.events: asyncio.Queue[Json | None] = asyncio.Queue()

    def put(self, event: Json) -> None:
        """Add an event, or end the stream when too many wait."""
        waiting = self.events.qsize()
        if waiting <= MAX_QUEUED_EVENTS:
            self.events.put_nowait(event if waiting < MAX_QUEUED_EVENTS else None)


class Events:
    """Everybody who listens, and the way to tell them."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()
        self._waiting: list[asyncio.Future[None]] = []

    def open(self, person: int | None) -> Stream:
        """A stream for the window of a person; without one it hears only what concerns everybody."""
        stream = Stream(person)
        self._streams.add(stream)
        return stream

    def close(self, stream: Stream) -> None:
        """Forget a stream."""
        self._streams.discard(stream)

    def end(self) -> None:
        """End every stream."""
        for stream in self._streams:
            stream.events.put_nowait(None)

    def tell(self, audience: Collection[int], make: Callable[[int], Json]) -> None:
        """Tell the windows of these people, each an event made for its person."""
        for stream in self._streams:
            if stream.person is not None and stream.person in audience:
                stream.put(make(stream.person))
        self._wake()

    def tell_all(self, event: Json) -> None:
        """Tell every window the same."""
        for stream in self._streams:
            stream.put(event)
        self._wake()

    async def next(self) -> None:
        """Wait until anything happens."""
        happening = asyncio.get_running_loop().create_future()
        self._waiting.append(happening)
        await happening

    def _wake(self) -> None:
        waiting, self._waiting = self._waiting, []
        for happening in waiting:
            if not happening.done():
                happening.set_result(None)
