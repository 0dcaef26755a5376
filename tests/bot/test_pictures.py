"""Pictures of messages: painted in their chat's language, or their message goes out without them."""

import asyncio
from typing import Any

import pytest

import texts
from bot import captions
from bot.pictures import Pictures
from charts import Certificate, Painter
from domain.messaging.message import Picture
from tests.pictures import PNG

STORED = {"kind": "test.chart", "values": {"figure": 7}, "language": "en", "zone": "Asia/Shanghai"}


def drawing(values: Any, words: Any) -> object:
    return values["figure"], words("points.menu_points")


async def painted(chart: object) -> bytes:
    assert chart == (7, texts.label("points.menu_points", texts.Reader("en", "Asia/Shanghai"), {}))
    return PNG


def certificate(values: Any, words: Any) -> Certificate:
    return Certificate("荣誉证书", f"{values['name']}同志", "先锋岗", "工作突出", "第一党支部", "2026-11-25")


async def empty(_: object) -> bytes:
    return b""


async def huge(_: object) -> bytes:
    return bytes(10_000_001)


async def test_a_picture_is_painted_in_the_language_of_its_chat():
    assert await Pictures({"test.chart": drawing}, painted).paint(STORED) == PNG


async def test_the_painter_of_the_program_paints_what_a_drawing_gives():
    painter = Painter()
    try:
        stored = STORED | {"kind": "test.certificate", "values": {"name": "王芳"}}
        png = await Pictures({"test.certificate": certificate}, painter.paint).paint(stored)
        assert png is not None
        assert png.startswith(b"\x89PNG")
    finally:
        await painter.close()


@pytest.mark.parametrize("paint", [empty, huge])
async def test_what_the_platform_would_not_take_is_no_picture(paint):
    assert await Pictures({"test.chart": drawing}, paint).paint(STORED) is None


@pytest.mark.parametrize("stored", [STORED | {"kind": "test.unknown"}, STORED | {"values": {}}])
async def test_a_picture_that_no_drawing_knows_any_more_takes_no_painters_time(stored):
    with pytest.raises(KeyError):
        await Pictures({"test.chart": drawing}, empty).paint(stored)


async def test_a_painter_that_hangs_is_given_a_rest(monkeypatch):
    monkeypatch.setattr("bot.pictures.PATIENCE", 0.05)
    asked = []

    async def hang(chart: object) -> bytes:
        asked.append(chart)
        await asyncio.sleep(3600)
        return PNG

    pictures = Pictures({"test.chart": drawing}, hang)
    assert await asyncio.gather(*(pictures.paint(STORED) for _ in range(9))) == [None] * 9
    assert len(asked) <= 2, "the others did not ask"
    monkeypatch.setattr("bot.pictures.REST", 0.0)
    pictures._rests_until = 0.0
    assert await pictures.paint(STORED) is None
    assert len(asked) <= 3


@pytest.mark.parametrize(
    ("text", "is_short"),
    [
        ("字" * 1024, True),
        ("字" * 1025, False),
        ("😀" * 512, True),
        ("😀" * 513, False),
        (f'<b>{"字" * 1000}</b> <a href="person:7000000001">&lt;王&gt;</a>', True),
    ],
)
def test_a_caption_is_measured_after_its_markup_as_the_platform_does(text, is_short):
    assert captions.fits(text) is is_short


def test_a_text_that_is_too_long_for_a_caption_is_cut_at_the_end_of_a_line_outside_of_markup():
    short = captions.shortened("\n".join(["<b>周报</b>", "<blockquote>", "一" * 500, "</blockquote>", "二" * 600]))
    assert short == "\n".join(["<b>周报</b>", "<blockquote>", "一" * 500, "</blockquote>", "…"])
    assert captions.shortened("\n".join(["<b>周报", "一" * 900, "二" * 900 + "</b>"])) == "…"
    assert captions.shortened("<b>周报</b>\n一") == "<b>周报</b>\n一"


@pytest.mark.parametrize(
    "values",
    [
        {"figure": float("nan")},
        {"figure": float("inf")},
        {"who": object()},
        {1: "a"},
        {"deep": [{"who": {1, 2}}]},
        {"bytes": b"png"},
    ],
)
def test_a_picture_takes_only_values_that_the_store_gives_back(values):
    with pytest.raises(ValueError, match=r"test\.chart"):
        Picture("test.chart", values)
