"""Pictures before their turn: not too many at a time, none kept for ever, none left when it stops."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.metrics import Metrics
from bot.painting import Painting
from domain.ids import ChatId
from domain.messaging.composing import PICTURE
from domain.messaging.delivery import Call, Delivery
from tests.pictures import PNG
from tests.stores import AT


def row(number: int) -> Delivery:
    """A message with a picture."""
    body = {"text": "week", PICTURE: {"kind": "test.chart", "values": {"figure": number}}}
    return Delivery(
        number, ChatId(number), -number, Call.SEND, None, body, urgent=False, tries=0, target=None, put_at=AT
    )


class Painter:
    """Paints when it may."""

    def __init__(self) -> None:
        self.asked, self.may = 0, asyncio.Event()

    async def paint(self, stored: Mapping[str, Any]) -> bytes:
        self.asked += 1
        await self.may.wait()
        return PNG


def painting(painter: Painter) -> Painting:
    return Painting(painter.paint, done=lambda: None, metrics=Metrics())


async def test_those_that_are_painted_and_those_that_wait_for_their_call_take_the_same_room(monkeypatch):
    monkeypatch.setattr("bot.painting.MAX_HELD", 2)
    painter = Painter()
    found = painting(painter)
    rows = [row(number) for number in range(1, 5)]
    assert found.begin(rows) == 2
    assert found.begin(rows) == 0
    painter.may.set()
    await found.idle()
    assert found.begin(rows[2:]) == 0, "two wait for their call"
    assert found.take(rows[0]) == PNG
    assert found.begin(rows[2:]) == 1
    assert found.places() == {rows[2].place}
    await found.idle()
    assert painter.asked == 3


async def test_a_picture_that_has_waited_too_long_is_painted_anew(monkeypatch):
    painter = Painter()
    painter.may.set()
    found = painting(painter)
    one = row(1)
    assert not found.ready()(one)
    found.begin([one])
    await found.idle()
    assert found.ready()(one)
    monkeypatch.setattr("bot.painting.KEPT", -1.0)
    assert not found.ready()(one)
    assert found.take(one) is None


async def test_stopping_waits_until_no_painter_is_at_work():
    ended = []

    class Slow(Painter):
        async def paint(self, stored: Mapping[str, Any]) -> bytes:
            try:
                return await super().paint(stored)
            finally:
                await asyncio.sleep(0)
                ended.append(stored)

    painter = Slow()
    found = painting(painter)
    found.begin([row(1), row(2)])
    await asyncio.sleep(0)
    await found.stop()
    assert painter.asked == len(ended) == 2
    assert not found.places()
