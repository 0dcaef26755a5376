"""Whether the program lives, whether it can work, and what it has counted."""

from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

Missing = Callable[[], Awaitable[Sequence[str]]]
Page = Callable[[], Awaitable[bytes]]


async def live(_: web.Request) -> web.Response:
    """GET /health and /health/live: the program runs and its event loop turns."""
    return web.json_response({"live": True})


def routes() -> list[web.RouteDef]:
    """What this page answers to."""
    return [web.get("/health", live), web.get("/health/live", live)]


def ready_routes(missing: Missing) -> list[web.RouteDef]:
    """GET /health/ready: 200 where everything that the program needs is there, else 503 with what `missing` names."""

    async def ready(_: web.Request) -> web.Response:
        named = sorted(await missing())
        return web.json_response({"ready": not named, "missing": named}, status=503 if named else 200)

    return [web.get("/health/ready", ready)]


def metrics_routes(page: Page) -> list[web.RouteDef]:
    """GET /metrics: what was counted, in Prometheus's text format."""

    async def metrics(_: web.Request) -> web.Response:
        return web.Response(body=await page(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/metrics", metrics)]
