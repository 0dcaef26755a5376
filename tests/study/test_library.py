"""A library that people wrote by hand is read, or refused by item and field; nothing else can happen."""

import copy
import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import bot
from domain.study.item import Lesson
from domain.study.library import WrongLibrary
from domain.study.question import Question, QuestionKind, faults
from handlers.study import library_files
from sheets.study import Found, NotRead
from sheets.study.toml import read as read_toml

SAMPLE = (Path(bot.__file__).parent / "sample" / "study.toml").read_text(encoding="utf-8")
ITEM = {
    "code": "safety-1", "title": "安全帽", "topic": "安全", "text": "进入现场必须戴好安全帽。", "source": "安全生产法",
    "question": "何时戴？", "options": ["进场时", "出场时"], "answer": 0, "explanation": "法律规定。",
}  # fmt: skip


def toml(*items):
    """Items as a file; a value that is no text, number or list is written as it stands."""
    lines = []
    for item in items:
        lines.append("[[item]]")
        lines += [
            f"{key} = {value.isoformat() if isinstance(value, date) else json.dumps(value)}"
            for key, value in item.items()
        ]
    return "\n".join(lines)


def read(text):
    try:
        found = read_toml(text)
    except NotRead as error:
        found = Found(wrong=[error.wrong])
    return library_files.as_library(found).lessons


def test_an_item_is_read_as_it_is_written():
    (lesson,) = read(toml(ITEM | {"expires": date(2027, 12, 31)}))
    question = Question(
        *("safety-1", QuestionKind.SINGLE, "何时戴？", ("进场时", "出场时"), (0,)),
        explanation="法律规定。",
        source="安全生产法",
        topic="安全",
    )
    assert lesson == Lesson(
        "safety-1", "安全帽", "安全", "进入现场必须戴好安全帽。", "安全生产法", question, date(2027, 12, 31)
    )


def test_the_sample_library_is_right():
    assert len(read(SAMPLE)) == 36


def test_an_item_needs_no_question():
    (lesson,) = read(toml({key: ITEM[key] for key in ("code", "title", "text", "source")}))
    assert lesson.question is None


@pytest.mark.parametrize(
    ("change", "where", "field"),
    [
        ({"code": 7}, "安全帽", "code"),
        ({"code": "x" * 65}, "x" * 60, "code"),
        ({"title": "  "}, "b", "title"),
        ({"title": "长" * 31}, "b", "title"),
        ({"text": "长" * 1001}, "b", "text"),
        ({"text": None}, "b", "text"),
        ({"source": ["a"]}, "b", "source"),
        ({"topic": 3}, "b", "topic"),
        ({"question": ""}, "b", "question"),
        ({"question": 3}, "b", "question"),
        ({"question": "长" * 301}, "b", "question"),
        ({"options": ["一"]}, "b", "options"),
        ({"options": ["一"] * 13}, "b", "options"),
        ({"options": ["一", ""]}, "b", "options"),
        ({"options": ["一", "  "]}, "b", "options"),
        ({"options": ["一", "一"]}, "b", "options"),
        ({"options": ["一", "长" * 101]}, "b", "options"),
        ({"options": "一二"}, "b", "options"),
        ({"options": None}, "b", "options"),
        ({"answer": 2}, "b", "answer"),
        ({"answer": -1}, "b", "answer"),
        ({"answer": True}, "b", "answer"),
        ({"answer": "一"}, "b", "answer"),
        ({"explanation": "长" * 201}, "b", "explanation"),
        ({"explanation": 3}, "b", "explanation"),
        ({"expires": "2027-12-31"}, "b", "expires"),
        ({"expires": 2027}, "b", "expires"),
        ({"text": "a\x00b"}, "b", "text"),
    ],
)
def test_what_is_wrong_is_named_by_item_and_field(change, where, field):
    changed = ITEM | {"code": "b"} | change
    wrong = toml(ITEM, {key: value for key, value in changed.items() if value is not None})
    with pytest.raises(WrongLibrary) as caught:
        read(wrong)
    fault = caught.value.faults[0]
    assert (fault.item, fault.field) == (where, field)
    assert "\n" not in str(caught.value)


def test_a_moment_is_no_day_to_expire_on():
    with pytest.raises(WrongLibrary, match="expires"):
        read(toml(ITEM) + "\nexpires = 2027-12-31T10:00:00")


def test_a_code_used_twice_is_refused():
    with pytest.raises(WrongLibrary, match="safety-1: code: twice"):
        read(toml(ITEM, ITEM))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "item = 3",
        "[item]\ncode = 'a'",
        "item = ['a', 'b']",
        "item = [[]]",
        "[[item]",
        "a = " + "[" * 5000,
        "a = " + "9" * 5000,
        "\x00",
    ],
)
def test_what_is_no_library_is_refused(text):
    with pytest.raises(WrongLibrary):
        read(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=400) | st.dates(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from(sorted({*ITEM, "expires"})), VALUES, max_size=4),
    st.sets(st.sampled_from(sorted(ITEM))),
)
def test_a_changed_item_is_read_or_refused(changes, removed):
    item = copy.deepcopy(ITEM) | changes
    text = toml({key: value for key, value in item.items() if key not in removed and writable(value)})
    try:
        (lesson,) = read(text)
    except WrongLibrary as wrong:
        assert {fault.field for fault in wrong.faults} <= {*ITEM, "expires", "topics", "item", ""}
    else:
        assert lesson.question is None or not [*faults(lesson.question)]


def writable(value):
    try:
        return json.dumps(value) not in ("null",) and "null" not in json.dumps(value)
    except TypeError:
        return isinstance(value, date)


@given(st.integers(0, len(SAMPLE) - 1), st.integers(0, 200), st.text(max_size=8))
@example(0, 0, "\ufeff")
def test_a_file_damaged_anywhere_is_read_or_refused(start, length, words):
    with suppress(WrongLibrary):
        read(SAMPLE[:start] + words + SAMPLE[start + length :])
