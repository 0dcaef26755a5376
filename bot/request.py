"""The transport: python-telegram-bot's requests over aiohttp.

It tells a call that was not sent from one whose answer was lost, which PTB's own does not: the first may be repeated,
the second may have been done.
"""

import math
import time
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import jsons

CONNECTIONS = 100
FAULT = 500  # statuses from here on are the other side's faults
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
MAX_ANSWER_BYTES = 21 * 1024 * 1024  # a file of 20 MB is the largest that there is
PIECE = 64 * 1024  # bytes
CONNECT, READ, WRITE = 5.0, 20.0, 20.0  # seconds


class NotSent(NetworkError):  # noqa: N818 - named for what happened
    """The call never left: it was not done, and may be made again."""


class AnswerLost(TimedOut):
    """The call went out and its answer never came: it may have been done."""


class AnswerTooLarge(BadRequest):
    """More was sent than the platform lets a bot fetch, whatever was said of its size before."""


class Request(BaseRequest):
    """PTB's way of calling the Bot API, with one pool of connections."""

    def __init__(self, *, proxy: str | None = None) -> None:
        self.dated: Callable[[str], None] = lambda _: None  # hears the date of each answer, as it stands there
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._answered = -math.inf

    @property
    def silence(self) -> float:
        """Seconds since the platform last answered anything but a fault of its own."""
        return time.monotonic() - self._answered

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - the signature is PTB's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one call: status and body. Raises NotSent, AnswerLost."""
        limits = _timeout(_seconds(read_timeout, READ), _seconds(connect_timeout, CONNECT))
        return await self._make(method, url, _body(request_data), _headers(request_data), limits)

    async def call(self, url: str, fields: Mapping[str, str | bool]) -> tuple[int, bytes]:
        """Make a call of plain fields: status and body. Raises NotSent, AnswerLost."""
        return await self._make("POST", url, jsons.write(fields).encode(), JSON, USUAL)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """What an answer says. Raises TelegramError where it is no JSON."""
        try:
            return cast("dict[str, Any]", jsons.read(payload))
        except ValueError as error:
            raise TelegramError("Invalid server response") from error

    async def _make(
        self,
        method: str,
        url: str,
        body: aiohttp.FormData | bytes | None,
        headers: Mapping[str, str] | None,
        limits: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        call = self._session.request(method, url, data=body, headers=headers, timeout=limits, proxy=self._proxy)
        try:
            async with call as answer:
                told = await _read(answer)
                if answer.status < FAULT:
                    self._answered = time.monotonic()
                    if date := answer.headers.get("Date"):
                        self.dated(date)
                return answer.status, told
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"not sent: {type(error).__name__}") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise AnswerLost(f"answer lost: {type(error).__name__}") from error


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """An answer's body, unpacked. Raises AnswerTooLarge; then the connection is closed with the rest unread."""
    if 0 <= (answer.content_length or -1) <= PIECE and "Content-Encoding" not in answer.headers:
        return await answer.read()
    body = bytearray()
    async for piece in answer.content.iter_chunked(PIECE):
        body += piece
        if len(body) > MAX_ANSWER_BYTES:
            answer.close()
            raise AnswerTooLarge("file is too big")
    return bytes(body)


def _timeout(read: float | None, connect: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_read=read, sock_connect=connect, connect=None)


USUAL = _timeout(READ, CONNECT)


def _seconds(timeout: Any, default: float) -> float | None:
    if isinstance(timeout, DefaultValue):
        return default
    return cast("float | None", timeout)


def _body(data: RequestData | None) -> aiohttp.FormData | bytes | None:
    if data is None:
        return None
    if not data.contains_files:  # by hand: aiohttp prepares for files where there are none
        return urlencode(data.json_parameters).encode()
    form = aiohttp.FormData(quote_fields=False)  # the platform shows a file's name as it comes
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mimetype) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form


def _headers(data: RequestData | None) -> Mapping[str, str] | None:
    return FORM if data is not None and not data.contains_files else None
