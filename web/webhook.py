"""The platform's door: updates that it delivers by itself."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1 << 20
MOST_ID = 1 << 53
Receive = Callable[[list[dict[str, Any]]], Awaitable[None]]


def routes(path: str, secret: str, receive: Receive) -> list[web.RouteDef]:
    """A webhook at a path. `receive` stores an update; only then is the platform told that it was received."""

    async def deliver(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")  # the bytes as they came
        if not hmac.compare_digest(given, secret.encode()):
            raise web.HTTPUnauthorized
        await receive([update_of(await body_of(request))])
        return web.Response()

    return [web.post(path, deliver)]


async def body_of(request: web.Request) -> bytes:
    """A body of bearable size."""
    if (request.content_length or 0) > MOST_BYTES:
        raise web.HTTPRequestEntityTooLarge(MOST_BYTES, request.content_length or 0)
    return await request.read()


def update_of(body: bytes) -> dict[str, Any]:
    """The update in a body."""
    try:
        update: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="not JSON") from error
    if not isinstance(update, dict):
        raise web.HTTPBadRequest(text="not an update")
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number < MOST_ID:
        raise web.HTTPBadRequest(text="not an update")
    return update
