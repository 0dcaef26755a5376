"""Whether the program lives."""

from aiohttp import web


async def live(_: web.Request) -> web.Response:
    """GET /health: the program runs and its event loop turns."""
    return web.json_response({"live": True})


def routes() -> list[web.RouteDef]:
    """What this page answers to."""
    return [web.get("/health", live)]
