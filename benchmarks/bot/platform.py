"""The other side: as little of a Bot API server as a bot can be measured against, the same for every contender.

It hands out updates that were written beforehand and answers every call with the same few bytes, so that the bot and
not the server is what takes the time; how busy it was is measured with each run.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self, cast
from urllib.parse import parse_qs

import aiohttp
from aiohttp import web

TOKEN = "5:benchmark"  # noqa: S105 - of a bot that is nowhere else
SECRET = "benchmark"  # noqa: S105 - likewise
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MAX_UPDATES_AT_ONCE = 100  # updates in one answer, as the platform has it
MAX_CONNECTIONS = 40  # the platform's default for a webhook
STALLED = 30.0  # seconds without an answer
ANSWERS = frozenset({"sendmessage", "answercallbackquery", "setmessagereaction"})
DONE = b'{"ok":true,"result":true}'
SENT = (
    b'{"ok":true,"result":{"message_id":1,"date":1700000000,"text":"sent",'
    b'"chat":{"id":-1001,"type":"supergroup","title":"group"}}}'
)
ME = b'{"ok":true,"result":{"id":5,"is_bot":true,"first_name":"Bot","username":"benchmark_bot"}}'


class Stalled(Exception):  # noqa: N818 - named for what happened
    """The bot has stopped answering before everything was answered."""


@dataclass(frozen=True, slots=True)
class Span:
    """How long a delivery took, from the first update handed out to the last answer, and how busy the server was."""

    updates: int
    seconds: float
    server_busy: float  # the share of one processor

    @property
    def rate(self) -> float:
        """Updates a second."""
        return self.updates / self.seconds


@dataclass(slots=True)
class Platform:
    """Serves while it is open. Updates are JSON objects without their `update_id`, which is given here."""

    calls: list[tuple[str, bytes, str]] = field(default_factory=list)  # method, body and content type of answers
    polled: asyncio.Event = field(default_factory=asyncio.Event)  # a bot has asked for updates
    url: str = ""
    _updates: list[bytes] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _answered: asyncio.Event = field(default_factory=asyncio.Event)
    _wanted: int = 0
    _runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        """Open on a free port."""
        self._runner = web.ServerRunner(web.Server(self._serve), shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def deliver(self, updates: Sequence[bytes], hooks: Sequence[str] = ()) -> Span:
        """Hand out updates and wait until as many answers have come. Raises Stalled.

        With `hooks` they are spread over these webhooks in turn, from one delivery to the next: the n-th since
        `forget` goes to `hooks[n % len(hooks)]`, counted from 0. Otherwise a bot polls for them.
        """
        first = len(self._updates)
        numbered = [b'{"update_id":%d,%s' % (first + i, body[1:]) for i, body in enumerate(updates, 1)]
        self._wanted = len(self.calls) + len(updates)
        self._answered.clear()
        begun, busy = time.perf_counter(), time.process_time()
        self._updates += numbered
        self._news.set()
        async with asyncio.TaskGroup() as together:
            if hooks:
                together.create_task(self._push(numbered, hooks, first))
            await self._until_answered()
        seconds = time.perf_counter() - begun
        return Span(len(updates), seconds, (time.process_time() - busy) / seconds)

    async def _until_answered(self) -> None:
        while not self._answered.is_set():
            before = len(self.calls)
            try:
                async with asyncio.timeout(STALLED):
                    await self._answered.wait()
            except TimeoutError:
                if len(self.calls) == before:
                    raise Stalled(f"{self._wanted - before} of {self._wanted} updates were not answered") from None

    async def _push(self, updates: Sequence[bytes], hooks: Sequence[str], first: int) -> None:
        """Post updates to webhooks, each to the next one, as many at a time as the platform would."""
        waiting = enumerate(updates, first)
        headers = {SECRET_HEADER: SECRET, "Content-Type": "application/json"}

        async def post_some(session: aiohttp.ClientSession) -> None:
            for number, update in waiting:
                async with session.post(hooks[number % len(hooks)], data=update, headers=headers) as answer:
                    answer.raise_for_status()

        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as together:
            for _ in range(MAX_CONNECTIONS):
                together.create_task(post_some(session))

    def forget(self) -> None:
        """Be as new for the next bot."""
        self.calls.clear()
        self._updates.clear()
        self.polled.clear()
        self._news.clear()

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        method = request.path.rpartition("/")[2].lower()
        if method in ANSWERS:
            self.calls.append((method, await request.read(), request.content_type))
            if len(self.calls) >= self._wanted:
                self._answered.set()
            return _json(SENT if method == "sendmessage" else DONE)
        if method == "getupdates":
            return await self._get_updates(request)
        return _json(ME if method == "getme" else DONE)

    async def _get_updates(self, request: web.BaseRequest) -> web.Response:
        asked = await request.post()
        first = max(0, int(str(asked.get("offset") or 0)) - 1)
        self.polled.set()
        if first >= len(self._updates):
            self._news.clear()
            try:
                async with asyncio.timeout(float(str(asked.get("timeout") or 0))):
                    await self._news.wait()
            except TimeoutError:
                pass
        return _json(b'{"ok":true,"result":[%s]}' % b",".join(self._updates[first : first + MAX_UPDATES_AT_ONCE]))


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json")


def fields_of(body: bytes, content_type: str) -> dict[str, str]:
    """A call's parameters, from JSON or a form of either kind."""
    if content_type == "application/json":
        return cast("dict[str, str]", json.loads(body))
    if content_type == "application/x-www-form-urlencoded":
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    boundary = body.partition(b"\r\n")[0]
    parts = (part.partition(b"\r\n\r\n") for part in body.split(boundary)[1:-1])
    return {head.split(b'name="')[1].split(b'"')[0].decode(): value[:-2].decode() for head, _, value in parts}
