"""`GET /sandbox/events`: what happens, as server-sent events."""

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from sandbox.parameters import whole

if TYPE_CHECKING:
    from sandbox.sandbox import Sandbox

# So that proxies and browsers do not take a quiet stream for a dead one.
HEARTBEAT = 15.0
HEADERS = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}


class EventStream:
    """Streams of events, one for each window."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def routes(self) -> list[web.RouteDef]:
        """What to serve."""
        return [web.get("/sandbox/events", self._serve)]

    async def _serve(self, http: web.Request) -> web.StreamResponse:
        events = self._sandbox.world.events
        stream = events.open(whole(http.query.get("as")) or None)
        response = web.StreamResponse(headers=HEADERS)
        try:
            await response.prepare(http)
            await response.write(b": hello\n\n")
            while not self._sandbox.world.closing:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        event = await stream.events.get()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    break
                await response.write(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")
        except ConnectionError:
            pass
        finally:
            events.close(stream)
        return response
