"""How long a caller may take: whoever sends half a request and stops is hung up on."""

import asyncio
from collections.abc import Iterable

from aiohttp import web

REQUEST_SECONDS = 10.0  # for a request's headers, however they trickle in, then for its body; also for an idle caller
LINGER_SECONDS = 1.0  # that the rest of a refused body may still come, so that its sender reads the refusal


def runner(routes: Iterable[web.RouteDef], *, largest: int, shutdown: float) -> web.AppRunner:
    """What serves routes. `largest` is a body's size in bytes, `shutdown` the seconds that calls get at the end."""
    site = web.Application(client_max_size=largest)
    site.add_routes(routes)
    return web.AppRunner(
        site,
        access_log=None,
        shutdown_timeout=shutdown,
        keepalive_timeout=REQUEST_SECONDS,
        lingering_time=LINGER_SECONDS,
    )


async def body_of(request: web.Request) -> bytes:
    """A request's body. Raises HTTPRequestEntityTooLarge, HTTPRequestTimeout."""
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            return await request.read()
    except TimeoutError as error:
        raise web.HTTPRequestTimeout from error
