"""What texts become before they are drawn."""

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

import charts
from charts import fonts
from charts.text import MAX_CHARS, known, type_
from tests.charts.samples import EMOJI


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("张三丰", "张三丰"),
        ("  张\u200b三\u202e丰\n党支部 ", "张三丰 党支部"),
        ("李😀四", "李〓四"),
        (EMOJI, "〓"),
        ("🥇 第一", "① 第一"),
        ("👍🏽好", "〓好"),
        ("✅ 完成", "✓ 完成"),
        ("𠮷野家", "〓野家"),
        ("國", "〓"),
        ("ﬁn", "fin"),
        ("Ａ①㎡·…—→▲▼%", "Ａ①㎡·…—→▲▼%"),
        ("e\u0301té", "été"),
        ("Z̴̡͉͗͘a", "Za"),
        ("", ""),
        ("\u200b", ""),
        ("字" * 9999, "字" * MAX_CHARS),
    ],
)
def test_signs_that_the_fonts_lack_are_replaced(written: str, drawn: str) -> None:
    assert known(written) == drawn


@given(st.text(max_size=60))
def test_nothing_is_left_that_the_fonts_lack(text: str) -> None:
    assert set(known(text)) <= type_().signs


@given(st.text(max_size=60), st.integers(20, 600))
def test_a_text_is_as_long_as_there_is_room(text: str, room: int) -> None:
    words = known(text)
    fit = type_().fit(words, room, 20)
    assert type_().width(fit, 20) <= room
    assert fit == words or fit.endswith("…")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三四五六"]),
        ("一二三四五六七八", ["一二三四五六", "七八"]),
        ("一二三四五六，七八", ["一二三四五", "六，七八"]),
        ("一二三四 hello world", ["一二三四", "hello world"]),
        ("一二三四五六七八九十一二三四五", ["一二三四五六", "七八九十一二", "三四五"]),
        ("一二三四五六七八九十一二三四五六七八九", ["一二三四五六", "七八九十一二", "三四五六七…"]),
        ("", [""]),
    ],
)
def test_a_text_is_broken_into_lines(text: str, lines: list[str]) -> None:
    assert type_().lines(text, 120, 20, 3) == lines


def test_the_fonts_have_all_characters_of_the_table() -> None:
    assert len(set(fonts.table())) == 8105
    assert charts.lacking() == set()


@pytest.mark.parametrize("file", fonts.FILES, ids=lambda file: file.stem)
def test_a_width_is_the_fonts_own(file) -> None:
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(file))))
    for sign in "精i1W%·—Ａ①▲…":
        assert fonts.Font(file).width(sign) == font.get_glyph_h_advance(font.get_nominal_glyph(ord(sign)))


def test_echarts_leaves_room_for_what_is_written() -> None:
    """An axis of wide values begins further to the right than one of narrow ones."""
    from charts.engine import Engine

    def begins(label: str) -> float:
        axis = {"type": "value", "max": 1, "axisLabel": {"formatter": label, "fontSize": 20}}
        option = {
            "grid": {"left": 0},
            "xAxis": {"type": "category", "data": ["甲"]},
            "yAxis": axis,
            "series": [{"type": "bar", "data": [1]}],
        }
        drawn = engine.draw(option, 600, 300)
        return float(drawn.split('text-anchor="end"')[1].split("translate(")[1].split()[0])

    engine = Engine()
    wide, narrow = begins("二〇二六年"), begins("2026")
    assert wide - narrow == pytest.approx(20 * 5 - type_().width("2026", 20), abs=1)


def test_fonts_that_are_not_there_are_told(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(fonts, "FILES", (tmp_path / "none.otf",))
    with pytest.raises(OSError):
        charts.lacking()
