"""The platform's door: updates that it delivers by itself."""

import hmac
import json
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Any

from aiohttp import web

from web import serving

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_BODY_BYTES = 1 << 20
MAX_UPDATE_ID = 1 << 53
Receive = Callable[[list[dict[str, Any]]], Awaitable[None]]


class Answer(StrEnum):
    """How a delivery was answered."""

    TAKEN = "taken"
    WRONG_SECRET = "wrong_secret"  # noqa: S105 - a word
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"
    STALLED = "stalled"  # half of it came in time
    REFUSED = "refused"  # by the store: it comes again


WHY = {401: Answer.WRONG_SECRET, 413: Answer.TOO_LARGE, 400: Answer.MALFORMED, 408: Answer.STALLED}
Count = Callable[[str], None]


def routes(path: str, secret: str, receive: Receive, count: Count) -> list[web.RouteDef]:
    """A webhook at a path. `receive` stores an update; only then is the platform told that it was received.

    `count` hears how each delivery was answered.
    """

    async def deliver(request: web.Request) -> web.Response:
        answer = Answer.REFUSED
        try:
            _check_secret(request, secret)
            await receive([update_of(await body_of(request))])
            answer = Answer.TAKEN
            return web.Response()
        except web.HTTPClientError as error:
            answer = WHY[error.status]
            raise
        finally:
            count(answer)

    return [web.post(path, deliver)]


def _check_secret(request: web.Request, secret: str) -> None:
    """Raises HTTPUnauthorized for any other than the platform."""
    given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")  # the bytes as they came
    if not hmac.compare_digest(given, secret.encode()):
        raise web.HTTPUnauthorized


async def body_of(request: web.Request) -> bytes:
    """A body of bearable size."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        raise web.HTTPRequestEntityTooLarge(MAX_BODY_BYTES, request.content_length or 0)
    return await serving.body_of(request)


def update_of(body: bytes) -> dict[str, Any]:
    """The update in a body."""
    try:
        update: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise web.HTTPBadRequest(text="not JSON") from error
    if not isinstance(update, dict):
        raise web.HTTPBadRequest(text="not an update")
    number = update.get("update_id")
    if type(number) is not int or not 0 <= number < MAX_UPDATE_ID:
        raise web.HTTPBadRequest(text="not an update")
    return update
