"""The platform's door: nothing wrong comes in, and nothing right is acknowledged before it is stored."""

import asyncio
import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from domain.ids import UpdateId
from domain.messaging import inbox
from domain.messaging.inbox import Received
from storage.database import StoreError
from tests.patience import PATIENCE
from tests.stores import AT, LOCALE
from web import health, serving, webhook

SECRET = "a-long-secret_1"
RIGHT = {webhook.SECRET_HEADER: SECRET}
UPDATE = {"update_id": 7, "message": {"text": "好"}}


class Door:
    """A webhook whose updates go into a store, or are refused by it."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url = url
        self.http = http
        self.received: list[dict] = []
        self.answers: list[str] = []
        self.refuses: Exception | None = None
        self.takes = 0.0  # seconds

    async def knock(self, **request) -> int:
        async with self.http.post(f"{self.url}/hook", **request) as answer:
            await answer.read()
            return answer.status


@pytest.fixture
async def door(database) -> AsyncIterator[Door]:
    async def receive(updates):
        await asyncio.sleep(door.takes)
        if door.refuses:
            raise door.refuses
        door.received += updates
        kept = [Received(UpdateId(update["update_id"]), json.dumps(update)) for update in updates]
        await database.write(inbox.receive, updates=kept, locale=LOCALE, at=AT)

    def count(answer):
        door.answers.append(answer)

    routes = [*health.routes(), *webhook.routes("/hook", SECRET, receive, count)]
    runner = serving.runner(routes, largest=webhook.MAX_BODY_BYTES, shutdown=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as http:
        door = Door(f"http://127.0.0.1:{runner.addresses[0][1]}", http)
        yield door
    await runner.cleanup()


@pytest.mark.parametrize(
    "headers", [{}, {webhook.SECRET_HEADER: ""}, {webhook.SECRET_HEADER: SECRET + "x"}, {webhook.SECRET_HEADER: "密"}]
)
async def test_a_wrong_secret_is_turned_away(door, headers):
    assert await door.knock(json=UPDATE, headers=headers) == 401
    assert (door.received, door.answers) == ([], ["wrong_secret"])


async def test_a_secret_that_is_no_text_is_turned_away(door):
    """Bytes that no client sends: the header is compared, not understood."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    head = f"POST /hook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{webhook.SECRET_HEADER}: ".encode()
    writer.write(head + b"\xff\xfe\r\nContent-Length: 2\r\n\r\n{}")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.split(b"\r\n")[0].split()[1] == b"401"
    assert door.received == []


async def pieces(size):
    for _ in range(size // 65536 + 1):
        yield b" " * 65536


@pytest.mark.parametrize("body", [lambda size: io.BytesIO(b" " * size), pieces], ids=["told", "in pieces"])
async def test_an_oversized_body_is_turned_away(door, body):
    assert await door.knock(data=body(webhook.MAX_BODY_BYTES + 1), headers=RIGHT) == 413
    assert (door.received, door.answers) == ([], ["too_large"])


NO_UPDATES = [
    "",
    "no JSON",
    "[1]",
    "null",
    "7",
    "{}",
    '{"update_id": 7',
    '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}",
]
NO_NUMBERS = ['"7"', "7.5", "true", "null", "99999999999999999999", "-1"]
WRONG = [text.encode() for text in (*NO_UPDATES, *(f'{{"update_id": {number}}}' for number in NO_NUMBERS))]


@pytest.mark.parametrize("body", [*WRONG, b"\xff\xfe"], ids=lambda body: body[:30].decode("latin-1"))
async def test_what_is_no_update_is_turned_away(door, body):
    assert await door.knock(data=body, headers=RIGHT) == 400
    assert (door.received, door.answers) == ([], ["malformed"])


@pytest.mark.parametrize("method", ["get", "put", "delete"])
async def test_only_posts_are_taken(door, method):
    async with door.http.request(method, f"{door.url}/hook", headers=RIGHT) as answer:
        assert answer.status == 405


async def test_an_update_is_stored_before_it_is_acknowledged(door, database):
    assert await door.knock(json=UPDATE, headers=RIGHT) == 200
    assert [(one.id, json.loads(one.body)) for one in await database.read(inbox.open_updates)] == [(7, UPDATE)]


async def test_an_update_that_comes_again_is_acknowledged_and_stored_once(door, database):
    assert [await door.knock(json=UPDATE, headers=RIGHT) for _ in range(3)] == [200, 200, 200]
    assert len(await database.read(inbox.open_updates)) == 1


async def test_an_update_that_could_not_be_stored_is_not_acknowledged(door):
    door.refuses = StoreError("database or disk is full")
    assert await door.knock(json=UPDATE, headers=RIGHT) == 500
    door.refuses = None
    assert await door.knock(json=UPDATE, headers=RIGHT) == 200
    assert door.answers == ["refused", "taken"]


async def test_health_says_that_it_lives(door):
    async with door.http.get(f"{door.url}/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"live": True})


HOOK = f"POST /hook HTTP/1.1\r\nHost: x\r\n{webhook.SECRET_HEADER}: {SECRET}\r\n"
HALF = {
    "nothing": "",
    "half a line": "POST /ho",
    "half the headers": HOOK,
    "half a body": f"{HOOK}Content-Length: 100\r\n\r\n{{",
    "half a body in pieces": f"{HOOK}Transfer-Encoding: chunked\r\n\r\n64\r\n{{",
    "half a body for nobody": "POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    "half a body for a page": "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    "half a body of a stranger": "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    "half a second request": "GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea",
}


@pytest.fixture
def short_patience(monkeypatch):
    """Long enough for a request that comes at once on a busy machine, and nobody waits long."""
    monkeypatch.setattr(serving, "REQUEST_SECONDS", 1.0)


def test_a_request_is_awaited_for_ten_seconds():
    assert serving.REQUEST_SECONDS == 10


@pytest.mark.parametrize("sent", HALF.values(), ids=HALF.keys())
async def test_who_sends_half_a_request_and_stops_is_hung_up_on(short_patience, door, sent):
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(sent.encode())
    async with asyncio.timeout(PATIENCE):
        await reader.read()
    writer.close()
    assert door.received == []


@pytest.mark.parametrize("begun", ["", HOOK, f"{HOOK}Content-Length: 100000\r\n\r\n"], ids=["line", "headers", "body"])
async def test_who_sends_a_byte_now_and_then_is_hung_up_on_too(short_patience, door, begun):
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(begun.encode())
    hung_up = asyncio.ensure_future(reader.read())
    async with asyncio.timeout(PATIENCE):
        while not hung_up.done():
            writer.write(b"X")
            await asyncio.wait([hung_up], timeout=0.05)
    writer.close()
    assert hung_up.exception() is None or isinstance(hung_up.exception(), ConnectionError)
    assert door.received == []


async def test_half_a_body_is_told_so_and_counted(short_patience, door):
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rpartition(":")[2]))
    writer.write(HALF["half a body"].encode())
    async with asyncio.timeout(PATIENCE):
        answer = await reader.read()
    writer.close()
    assert answer.split(b"\r\n")[0].split()[1] == b"408"
    assert door.answers == ["stalled"]


async def test_a_store_that_takes_longer_is_waited_for(monkeypatch, door):
    """Only the caller is hurried."""
    monkeypatch.setattr(serving, "REQUEST_SECONDS", 0.5)  # for the body; this door's headers have ten seconds
    door.takes = 1.0
    assert await door.knock(json=UPDATE, headers=RIGHT) == 200
    assert door.answers == ["taken"]
