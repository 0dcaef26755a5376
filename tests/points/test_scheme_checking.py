"""What is wrong with a file of rules is said in one go, each thing with its line."""

import textwrap
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.admin.toml.outside import Sound
from domain.features import EVENTS
from domain.points.scheme.checking import check
from domain.points.scheme.outside import entry, text_of
from domain.points.scheme.problem import WrongScheme

HEAD = "from = 2027-01-01\n"


def found(text, **more):
    """The problems as (line, kind, what)."""
    with pytest.raises(WrongScheme) as wrong:
        check(text, EVENTS, **more)
    return [(one.line, one.fault, one.name) for one in wrong.value.problems]


def rule(more="", *, name="a", event="study.read", points=1):
    return f'[[rule]]\nname = "{name}"\ntitle = "学"\nevent = "{event}"\npoints = {points}\n{more}\n'


FAULTS = {
    "no TOML": ("from = 2027-01-01\n[[rule]\n", [(2, "syntax")]),
    "a word without quotes": (HEAD + "[score]\nperiod = year\n", [(3, "syntax")]),
    "cut off": (HEAD + "[[rule]]\nname = ", [(3, "syntax")]),
    "empty": ("", [(1, "missing"), (1, "nothing")]),
    "a key that means nothing": (HEAD + rule("pionts = 3"), [(7, "unknown_key")]),
    "an unknown event": (HEAD + rule(event="study.red"), [(5, "unknown_event")]),
    "an event of its own kind": (HEAD + rule(event="item.approved"), [(5, "unknown_event")]),
    "an unknown fact": (HEAD + rule("when = { late = true }"), [(7, "unknown_fact")]),
    "a fact of another type": (HEAD + rule('when = { on_day = "yes" }'), [(7, "wrong_type")]),
    "an unknown category": (HEAD + rule('category = "x"'), [(7, "unknown_category")]),
    "an unknown period": (HEAD + rule("caps = { fortnight = 3 }"), [(7, "unknown_period")]),
    "points that are no number": (HEAD + rule(points='"5"'), [(6, "wrong_type")]),
    "points that are true": (HEAD + rule(points="true"), [(6, "wrong_type")]),
    "points without end": (HEAD + rule(points="9" * 30), [(6, "too_large")]),
    "no points": (HEAD + '[[rule]]\nname = "a"\ntitle = "学"\nevent = "study.read"\n', [(2, "missing")]),
    "no title": (HEAD + '[[rule]]\nname = "a"\npoints = 1\nevent = "study.read"\n', [(2, "missing")]),
    "a name twice": (HEAD + rule("when = { on_day = true }") + rule(), [(9, "twice")]),
    "a name for nothing else": (HEAD + rule(name="points.none"), [(3, "reserved")]),
    "a name with blanks": (HEAD + rule(name="a b"), [(3, "wrong_name")]),
    "a rule below one that fits all": (HEAD + rule() + rule(name="b"), [(8, "shadowed")]),
    "a rule below two that fit all": (
        HEAD + rule("when = { on_day = true }") + rule("when = { on_day = false }", name="b") + rule(name="c"),
        [(14, "shadowed")],
    ),
    "windows that overlap": (
        HEAD + rule('windows = [{ from = "6:00", to = "8:30", times = 2 }, { from = "8:00", to = "9:00", times = 2 }]'),
        [(7, "overlap")],
    ),
    "a window over midnight": (
        HEAD + rule('windows = [{ from = "22:00", to = "02:00", times = 2 }]'),
        [(7, "empty_window")],
    ),
    "a time that is none": (
        HEAD + rule('windows = [{ from = "25:00", to = "26:00", times = 2 }]'),
        [(7, "wrong_type"), (7, "wrong_type")],
    ),
    "a cap below the points": (HEAD + rule("caps = { day = 2 }", points=5), [(6, "cap_too_low")]),
    "a cap below doubled points": (
        HEAD + rule('caps = { day = 6 }\nwindows = [{ from = "06:00", to = "08:30", times = 2 }]', points=5),
        [(6, "cap_too_low")],
    ),
    "a cap below a deduction": (HEAD + rule("caps = { day = 2 }", points=-5), [(6, "cap_too_low")]),
    "a total cap below the points": (HEAD + "[caps]\nday = 3\n" + rule(points=5), [(8, "cap_too_low")]),
    "a week's cap below a day's": (HEAD + rule("caps = { day = 6, week = 5 }"), [(7, "caps_contradict")]),
    "a rule's cap above its category's": (
        HEAD + '[[category]]\nname = "c"\ntitle = "类"\ncaps = { day = 3 }\n'
        + rule('caps = { day = 5 }\ncategory = "c"'),
        [(11, "caps_contradict")],
    ),
    "a floor above the ceiling": (HEAD + "[score]\nfloor = 10\nceiling = 5\n" + rule(), [(3, "floor_above")]),
    "a base above the ceiling": (HEAD + "[score]\nbase = 10\nceiling = 5\n" + rule(), [(3, "ceiling_too_low")]),
    "a category above all": (
        HEAD + '[score]\nceiling = 5\n[[category]]\nname = "c"\ntitle = "类"\nceiling = 9\n' + rule(),
        [(7, "ceiling_too_low")],
    ),
    "a category that has room for nothing": (
        HEAD + '[[category]]\nname = "c"\ntitle = "类"\nbase = 8\nceiling = 9\n' + rule('category = "c"', points=2),
        [(11, "cap_too_low")],
    ),
    "a first day that is past": (HEAD.replace("2027", "2026") + rule(), [(1, "past")]),
    "a first day with a time": ("from = 2027-01-01T10:00:00\n" + rule(), [(1, "wrong_type")]),
    "a table that is a number": (HEAD + "score = 3\n" + rule(), [(2, "wrong_type")]),
    "rules that are one": (HEAD + "[rule]\npoints = 3\n", [(2, "wrong_type"), (1, "nothing")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FAULTS.values(), ids=FAULTS)
def test_a_mistake_is_said_with_its_line(text, wanted):
    assert sorted((line, fault) for line, fault, _ in found(text, today=date(2026, 12, 1))) == sorted(wanted)


def test_all_mistakes_are_said_at_once_with_comments_and_long_values_between():
    text = textwrap.dedent(
        """\
        # 积分规则
        from = 2027-01-01
        [score]
        floor = 9   # 保底
        ceiling = 3

        [[category]]
        name = "c"
        title = '''多'''
        caps = { day = 30 }

        [[rule]]
        name = "a"
        title = "学"
        event = "study.read"
        points = 20
        category = "c"
        windows = [
          # 早
          { from = "06:00", to = "08:00", times = 2 },
          { from = "07:00", to = "09:00", times = 2 },
        ]

        [[rule]]
        name = "b"
        title = "答"
        event = "quiz.answered"
        points = 1
        [rule.when]
        correct = 1
        """
    )
    assert found(text) == [
        (4, "floor_above", "9"),
        (16, "cap_too_low", "40"),
        (18, "overlap", "07:00"),
        (30, "wrong_type", "correct"),
    ]


def test_one_file_has_not_too_many_rules():
    rules = "".join(rule(name=f"r{n}", event="task.done") for n in range(201))
    assert (1, "too_many", "201") in found(HEAD + rules)


def test_a_file_that_is_too_long_or_no_text_is_refused():
    assert found(HEAD + "#" * 70_000) == [(1, "too_long", "points.toml")]
    (problem,) = entry(HEAD.encode() + "规则".encode("gbk"), lambda *_: None)
    assert (problem.line, problem.fault) == (2, "encoding")


def test_a_file_with_a_byte_order_mark_is_read():
    text = HEAD + rule()
    assert text_of(list(entry(b"\xef\xbb\xbf" + text.encode(), lambda *_: None))) == text
    assert list(entry(text.encode(), lambda *_: None)) == [Sound(text)]


@given(st.text(st.sampled_from("from=2027-01\n[rule]cps{}\",'#\\ \t1.")) | st.text())
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_refused(text):
    try:
        check(text, EVENTS)
    except WrongScheme as wrong:
        assert all(1 <= one.line <= text.count("\n") + 1 for one in wrong.problems)
