"""Pictures look as those that somebody has looked at, and all that people can write or count can be drawn."""

import re

import pytest
import pyvips
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charts import (
    MAX_BOARD_LINES,
    Bars,
    Board,
    Certificate,
    Picture,
    Ranked,
    Series,
    Theme,
    Topic,
    Topics,
    Trend,
    Weekly,
)
from charts.draw import Drawer
from charts.engine import ChartFailed
from tests.charts.references import file, small
from tests.charts.samples import BOARD, EMOJI, SAMPLES, TOPICS, TREND

# Means of the differences, of 255: other rounding of the same picture makes 0.1, one shifted by a pixel 3.
MAX_DIFFERENCE = 1.0
SIGNATURE = b"\x89PNG\r\n\x1a\n"
ONE = (Ranked(1, "张三", 0, "0 分"),)


@pytest.fixture(scope="module")
def drawer() -> Drawer:
    return Drawer()


def test_there_is_a_reference_for_each_picture_and_no_other() -> None:
    there = {file(name, theme) for name in SAMPLES for theme in Theme}
    assert set(file("board", Theme.LIGHT).parent.iterdir()) == there


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_looks_as_its_reference(drawer: Drawer, name: str, theme: Theme) -> None:
    drawn = small(drawer.png(SAMPLES[name], theme))
    known = pyvips.Image.new_from_file(str(file(name, theme))).colourspace("srgb")
    assert (drawn.width, drawn.height) == (known.width, known.height)
    assert (drawn - known.extract_band(0, n=3)).abs().avg() < MAX_DIFFERENCE


def test_another_value_makes_another_picture(drawer: Drawer) -> None:
    other = Board(
        BOARD.title, (*BOARD.lines[:4], Ranked(5, "动力分厂党支部", 5, "5 分"), *BOARD.lines[5:]), BOARD.subtitle
    )
    drawn, known = (small(drawer.png(one, Theme.LIGHT)) for one in (other, BOARD))
    assert (drawn - known).abs().avg() > MAX_DIFFERENCE / 4


def test_the_themes_are_light_and_dark(drawer: Drawer) -> None:
    light, dark = (small(drawer.png(SAMPLES["topics"], theme)).avg() for theme in Theme)
    assert light > 150
    assert dark < 80


ODD: dict[str, Picture] = {
    "a group of one": Board("榜", ONE),
    "a group of nobody": Board("榜", ()),
    "no title": Board("", ONE),
    "all zero": Board("榜", tuple(Ranked(1, name, 0, "0") for name in "甲乙丙")),
    "all negative": Board("榜", tuple(Ranked(place, "甲", -place, f"-{place}") for place in (1, 2, 3))),
    "a rank of four digits": Board("榜", (Ranked(9999, "甲", 1, "1"),)),
    "emoji everywhere": Board(EMOJI, (Ranked(1, EMOJI, 1, EMOJI, 1),), EMOJI),
    "a value that fills the line": Board("榜", (Ranked(1, "甲" * 99, 1, "1" * 99, 10**9),)),
    "one point": Trend("势", ("一",), (Series("甲", (3,)),)),
    "no point": Trend("势", (), ()),
    "gaps only": Trend("势", ("一", "二"), (Series("甲", (None, None)),)),
    "falling below zero": Trend("势", tuple("一二三"), (Series("甲", (2, -1, -4.55)),), unit="%"),
    "more series than colours": Trend("势", tuple("一二"), tuple(Series("甲", (1, 2)) for _ in range(9))),
    "two thousand points": Trend("势", tuple(map(str, range(2000))), (Series("甲", tuple(range(2000))),)),
    "columns of nothing": Bars("柱", (), ()),
    "columns below zero": Bars("柱", tuple("一二"), (Series("甲", (-1, None)),)),
    "400 columns": Bars("柱", ("第一党支部",) * 400, (Series("甲", tuple(range(400))),), rest="另有 388 个"),
    "topics of nothing": Topics("题", (), ()),
    "a topic without suggestions": Topics("题", ("甲", "乙"), (Topic("空", (0, 0)), Topic("缺", ()))),
    "40 topics": Topics("题", ("甲",), tuple(Topic("题" * 40, (one,)) for one in range(40)), rest="另有 32 个"),
    "an empty week": Weekly("周"),
    "a week with its board alone": Weekly("周", BOARD),
    "a week without board": Weekly("周", None, TREND, TOPICS),
    "a certificate without words": Certificate("", "", "", "", "", ""),
    "a certificate of many words": Certificate("证" * 60, "名" * 60, "誉" * 60, "词" * 400, "发" * 60, "日" * 60),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_drawn_too(drawer: Drawer, name: str) -> None:
    assert drawer.png(ODD[name], Theme.LIGHT).startswith(SIGNATURE)


def test_of_400_branches_the_first_are_drawn_and_the_others_are_said(drawer: Drawer) -> None:
    lines = tuple(Ranked(place, f"第{place}党支部", 500 - place, f"{500 - place} 分") for place in range(1, 401))

    def drawn(number: int, rest: str) -> str:
        svg = drawer.svg(Board("榜", lines[:number], rest=rest), Theme.LIGHT)
        return re.sub(r"zr\d+-\w+-\d+", "", svg)  # names that ECharts counts up

    assert 0 < len(drawn(400, "另有 388 个支部")) - len(drawn(MAX_BOARD_LINES, "")) < 10_000  # one line more
    assert drawn(5, "另有 395 个支部") != drawn(5, ""), "whoever wants fewer lines says what is not there"


def test_a_picture_has_no_text_that_a_machine_without_fonts_would_lack(drawer: Drawer) -> None:
    for picture in SAMPLES.values():
        drawn = drawer.svg(picture, Theme.DARK)
        assert "<text" not in drawn
        assert "font" not in drawn


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_picture(drawer: Drawer, value: float) -> None:
    with pytest.raises(ChartFailed):
        drawer.png(Board("榜", (Ranked(1, "甲", value, ""),)), Theme.LIGHT)
    assert drawer.png(BOARD, Theme.LIGHT).startswith(SIGNATURE)


words = st.text(max_size=80)
numbers = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
series = st.lists(st.builds(Series, words, st.lists(st.none() | numbers, max_size=12).map(tuple)), max_size=4).map(
    tuple
)
pictures = st.one_of(
    st.builds(
        Board, words, st.lists(st.builds(Ranked, st.integers(0), words, numbers, words, st.integers()), max_size=9)
    ),
    st.builds(Trend, words, st.lists(words, max_size=12).map(tuple), series, words, words),
    st.builds(Bars, words, st.lists(words, max_size=12).map(tuple), series, words, words),
    st.builds(Certificate, words, words, words, words, words, words),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(picture=pictures)
def test_whatever_people_write_is_drawn(picture: Picture) -> None:
    drawn = WHOEVER.svg(picture, Theme.LIGHT)
    assert "<text" not in drawn
    assert "NaN" not in drawn


WHOEVER = Drawer()
