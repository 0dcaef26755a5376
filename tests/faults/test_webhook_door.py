"""Whoever knocks at the webhook without being Telegram is turned away and counted, and no handler hears of it."""

import asyncio
import io
import random
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.faults.door import Door
from tests.faults.office import Office, opened
from tests.faults.worker import SECRET, free_port
from web.webhook import MAX_BODY_BYTES, SECRET_HEADER

RIGHT = {SECRET_HEADER: SECRET}
UPDATE = b'{"update_id": 1, "message": {"text": "/points"}}'


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A program with a webhook, of which Telegram knows."""
    port = free_port()
    async with Door([port], random.Random(1)) as door:  # noqa: S311
        more = {"http": f"127.0.0.1:{port}", "webhook_url": door.url, "webhook_secret": SECRET}
        async with opened(tmp_path, **more) as office:
            await office.start()
            await office.idle()
            yield office


async def knock(office: Office, times: int, body: bytes, **headers: str) -> set[int]:
    """Knock so often at the same time; the answers."""

    async def once(http: aiohttp.ClientSession) -> int:
        async with http.post(f"{office.address}/hook", data=io.BytesIO(body), headers=headers) as answer:
            return answer.status

    async with aiohttp.ClientSession() as http:
        return set(await asyncio.gather(*(once(http) for _ in range(times))))


async def test_strangers_are_turned_away_and_counted(office: Office) -> None:
    before, calls = office.books.count("SELECT count(*) FROM inbox"), len(office.sandbox.calls)
    assert await knock(office, 5, UPDATE) == {401}
    assert await knock(office, 20, UPDATE, **{SECRET_HEADER: "guessed"}) == {401}
    assert await knock(office, 3, b" " * (MAX_BODY_BYTES + 1), **RIGHT) == {413}
    for wrong in (b"no JSON", b"\xff", b"[]", b'{"update_id": "7"}', b"[" * 100_000):
        assert await knock(office, 2, wrong, **RIGHT) == {400}
    counted = {
        answer: await office.metric("jingyi_webhook_deliveries_total", answer=answer)
        for answer in ("wrong_secret", "too_large", "malformed", "refused")
    }
    assert counted == {"wrong_secret": 25, "too_large": 3, "malformed": 10, "refused": 0}
    assert office.books.count("SELECT count(*) FROM inbox") == before
    assert len(office.sandbox.calls) == calls
    for _ in range(10):
        office.crowd.act()
    await office.idle()
    assert await office.metric("jingyi_webhook_deliveries_total", answer="taken") >= 10
    office.untroubled()
    await office.all_right()
