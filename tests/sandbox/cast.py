"""Who plays in the tests of the sandbox."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp

from sandbox import Bot, Chat, Sandbox, User
from tests.botapi import models, spec

TOKEN = "123456:test"
# A transparent PNG of 1 x 1 and of 3 x 2 pixels, as far as a reader of sizes goes.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x06\x00\x00\x00"


def problems(method: str, result: Any) -> list[str]:
    """What in an answer contradicts the Bot API, and what two libraries can't read."""
    return [*spec.check_answer(method, result), *models.check_answer(method, result)]


class Program:
    """A Bot API program at its barest: a token and HTTP."""

    def __init__(self, url: str, token: str = TOKEN) -> None:
        self.url = url
        self.token = token
        self._http = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def raw(self, method: str, **request: Any) -> tuple[int, Any]:
        """HTTP status and body of a call."""
        async with self._http.post(f"{self.url}/bot{self.token}/{method}", **request) as answer:
            return answer.status, await answer.json()

    async def call(self, method: str, /, **parameters: Any) -> Any:
        """The result of a call that must succeed."""
        status, body = await self.raw(method, json=parameters)
        assert (status, body["ok"]) == (200, True), body
        assert problems(method, body["result"]) == []
        return body["result"]

    async def refused(self, method: str, /, **parameters: Any) -> str:
        """The description of a call that must fail."""
        status, body = await self.raw(method, json=parameters)
        assert not body["ok"]
        assert status == body["error_code"]
        return f"{body['description']}"

    async def updates(self, **parameters: Any) -> list[Any]:
        """All that waits, confirmed."""
        found = await self.call("getUpdates", **parameters)
        if found:
            await self.call("getUpdates", offset=found[-1]["update_id"] + 1, limit=1)
        return found

    async def get(self, path: str, **request: Any) -> tuple[int, Any]:
        async with self._http.get(f"{self.url}/{path}", **request) as answer:
            return answer.status, await answer.read()


class People:
    """The page's side over HTTP."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = f"{url}/sandbox"
        self._http = http

    async def ask(self, verb: str, path: str, /, **request: Any) -> Any:
        async with self._http.request(verb, f"{self.url}/{path}", **request) as answer:
            body = await answer.json()
            assert answer.status == 200, body
            return body

    async def refused(self, verb: str, path: str, /, **request: Any) -> tuple[int, str]:
        async with self._http.request(verb, f"{self.url}/{path}", **request) as answer:
            assert answer.status >= 400
            return answer.status, (await answer.json())["error"]


@dataclass
class Scene:
    """A group of two people and a bot."""

    sandbox: Sandbox
    bot: Bot
    wang: User
    li: User
    group: Chat
    program: Program
