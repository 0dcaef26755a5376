"""The gate before readers, and what is taken from texts that are shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plain
from plain import MAX_CHARS
from plain.marks import MAX_MARKS

UNSEEN = {
    "right-to-left override": "\u202e",
    "left-to-right override": "\u202d",
    "end of an override": "\u202c",
    "isolate": "\u2067",
    "end of an isolate": "\u2069",
    "right-to-left mark": "\u200f",
    "Arabic letter mark": "\u061c",
    "zero-width blank": "\u200b",
    "joiner": "\u200d",
    "non-joiner": "\u200c",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "grapheme joiner": "\u034f",
    "Hangul filler": "\u3164",
    "half-width Hangul filler": "\uffa0",
    "Braille blank": "\u2800",
    "tag": "\U000e0041",
    "variation selector": "\ufe0f",
    "ideographic variation selector": "\U000e0100",
    "Mongolian selector": "\u180b",
    "annotation": "\ufff9",
    "bell": "\x07",
    "escape": "\x1b",
    "end of a string": "\x9c",
    "half a character": "\ud800",
    "no character": "\ufffe",
}


@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_marks_that_nobody_sees_are_taken_away(mark):
    assert plain.clean(f"李{mark}明") == "李明"
    assert plain.line(f"{mark}李{mark}{mark}明{mark}") == "李明"
    assert plain.key(f"Li{mark}Ming") == plain.key("Li Ming")
    assert plain.appearance(f"四点{mark}") == plain.appearance("四点")


@pytest.mark.parametrize(
    "words",
    ["👨‍👩‍👧‍👦", "🏳️‍🌈", "❤️‍🔥", "1️⃣ 2️⃣", "☎️☎︎", "👍🏽", "🇨🇳", "é", "e\u0301", "ภาษาไทย", "שָׁלוֹם", "a\nb\tc", "①②", "（一）"],
)
def test_what_people_see_stays(words):
    assert plain.clean(words) == words


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("👨\u200d", "👨"),
        ("\u200d👩", "👩"),
        ("👨\u200d明", "👨明"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f"),
        ("1\ufe0f", "1"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ],
)
def test_what_means_something_beside_an_emoji_is_taken_away_elsewhere(words, seen):
    assert plain.clean(words) == seen


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u0e49", "\u20dd", "\u0323\u0301"])
def test_piles_of_marks_are_thinned(mark):
    seen = plain.clean(f"李{mark * 500}明")
    assert seen.startswith("李") and seen.endswith("明")
    assert len(seen) == 2 + MAX_MARKS


def test_the_gate_cuts_before_it_normalises_and_after():
    assert plain.line("ﷺ" * 100_000).startswith("صلى الله عليه وسلم")
    assert len(plain.line("ﷺ" * 100_000)) <= MAX_CHARS
    assert len(plain.key("ﷺ" * 100_000)) <= MAX_CHARS
    assert plain.bounded("字" * 5000) == "字" * MAX_CHARS


def test_a_line_has_single_blanks_and_one_width():
    assert plain.line("\u3000工号：\u2003\n１００２３ ，李\u00a0明\t") == "工号: 10023 ,李 明"
    assert plain.tidy("\u3000工号：\u2003\n１００２３ ") == "工号： １００２３"


@given(st.text())
def test_once_through_the_gate_is_enough(text):
    for way in (plain.clean, plain.tidy, plain.appearance, plain.line):
        once = way(text)
        assert way(once) == once


@given(st.text())
def test_nothing_that_is_cleaned_grows(text):
    assert len(plain.clean(text)) <= len(text)
    assert all(unicodedata.category(sign) != "Cs" for sign in plain.clean(text))
