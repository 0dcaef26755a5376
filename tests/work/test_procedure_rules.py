"""Procedures without a store: circles, due days, the files, and what a lesson changes."""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ChatId, MemberId, ProcedureId, RunId, RunStepId
from domain.work.procedure.lesson import Change, Lesson, NoProposal, Way, changed
from domain.work.procedure.model import Kept, Run, RunStep, StepState
from domain.work.procedure.planning import Days
from domain.work.procedure.template import (
    MAX_DAYS,
    MAX_PART_CHARS,
    Anchor,
    Procedure,
    Step,
    Wrong,
    WrongProcedure,
    check,
    cycle,
    faults_of,
)
from handlers.work.procedure_files import FORMATS, FaultyProcedure, as_procedure, samples, write
from sheets import procedure as files
from sheets.procedure import Mistake, spoken
from tests.samples import AT

ZONE = ZoneInfo("Asia/Shanghai")
KEYS = "abcdef"


def steps(**waits: str) -> tuple[Step, ...]:
    """Steps by their keys, and the keys that each waits for."""
    return tuple(Step(key, f"步骤{key}", "书记", waits=tuple(before)) for key, before in waits.items())


def wrongs(procedure: Procedure) -> list[Wrong]:
    return [one.wrong for one in faults_of(procedure)]


def test_a_circle_is_told_with_the_names_in_the_order_of_the_work() -> None:
    (fault,) = faults_of(Procedure("流程", steps(a="c", b="a", c="b", d="c")))
    assert fault.wrong is Wrong.CYCLE
    assert fault.detail == "步骤a → 步骤b → 步骤c → 步骤a"


def test_a_step_that_waits_for_itself_is_a_circle() -> None:
    assert [one.key for one in cycle(steps(a="", b="b"))] == ["b", "b"]


@given(st.lists(st.sets(st.sampled_from(KEYS)), min_size=len(KEYS), max_size=len(KEYS)))
def test_either_there_is_a_circle_or_every_step_gets_its_turn(waits: list[set[str]]) -> None:
    made = steps(**{key: "".join(sorted(before)) for key, before in zip(KEYS, waits, strict=True)})
    circle = cycle(made)
    if circle:
        assert circle[0] == circle[-1]
        assert all(before.key in one.waits for before, one in pairwise(circle))
        return
    run = run_of(made)
    turns = 0
    while ready := run.ready():
        run = replace(run, steps=tuple(ended(one) if one in ready else one for one in run.steps))
        turns += len(ready)
    assert turns == len(made)


def run_of(made: tuple[Step, ...]) -> Run:
    kept = Kept(ProcedureId(1), ChatId(1), 1, Procedure("流程", made))
    every = tuple(RunStep(RunStepId(number), one) for number, one in enumerate(made, 1))
    return Run(RunId(1), kept, ChatId(1), MemberId(1), AT, every)


def ended(one: RunStep) -> RunStep:
    return replace(one, state=StepState.DONE)


def test_all_that_is_wrong_is_told() -> None:
    made = Procedure("", (Step("", "", "", days=MAX_DAYS + 1), Step("x", "甲" * 61, "书记", waits=("y",))))
    assert wrongs(made) == [
        Wrong.NO_TITLE,
        Wrong.NO_KEY,
        Wrong.NO_STEP_TITLE,
        Wrong.NO_WHO,
        Wrong.DAYS,
        Wrong.TOO_LONG,
        Wrong.UNKNOWN_STEP,
    ]
    assert wrongs(Procedure("流程", ())) == [Wrong.NO_STEPS]
    assert wrongs(Procedure("流程", steps(a="") * 2)) == [Wrong.TWICE]
    with pytest.raises(WrongProcedure):
        check(Procedure("流程", ()))


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


# Friday 18 December 2026 is the event; the run begins on Wednesday 25 November.
DAYS = Days(date(2026, 11, 25), date(2026, 12, 18), is_weekday, time(18), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("anchor", "days", "day"),
    [
        (Anchor.BEFORE, 7, date(2026, 12, 11)),
        (Anchor.BEFORE, 5, date(2026, 12, 11)),  # Sunday: ready on the Friday before
        (Anchor.BEFORE, 0, date(2026, 12, 18)),
        (Anchor.AFTER, 1, date(2026, 12, 21)),  # Saturday: the Monday after
        (Anchor.START, 3, date(2026, 11, 30)),
        (Anchor.TURN, 3, date(2026, 12, 4)),
    ],
)
def test_a_step_is_due_on_a_workday(anchor: Anchor, days: int, day: date) -> None:
    assert DAYS.day(Step("a", "甲", "书记", anchor, days), date(2026, 12, 1)) == day


def test_an_event_on_a_day_off_stays_there() -> None:
    days = replace(DAYS, event=date(2026, 12, 19))
    assert days.day(Step("a", "开会", "书记", Anchor.BEFORE, 0), date(2026, 12, 1)) == date(2026, 12, 19)


@given(
    st.sampled_from(list(Anchor)),
    st.integers(0, MAX_DAYS),
    st.datetimes(datetime(2026, 11, 25), datetime(2029, 12, 31)),  # noqa: DTZ001 - the zone is given below
)
def test_nobody_is_given_a_step_that_is_overdue(anchor: Anchor, days: int, at: datetime) -> None:
    moment = at.replace(tzinfo=ZONE)
    due = DAYS.due(Step("a", "甲", "书记", anchor, days), moment)
    assert due > moment


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ending", FORMATS)
def test_the_samples_are_read_back_as_they_are_written(language: str, ending: str) -> None:
    for _, made in samples(language):
        assert as_procedure(files.read(write(made, ending, "流程", language))) == made


def test_the_samples_have_a_source_and_admission_has_twenty_five_steps() -> None:
    by_name = dict(samples("zh"))
    assert all(one.source for one in by_name.values())
    assert len(by_name["admission"].steps) == 25
    assert {one.key for one in by_name["admission"].steps if one.waits == ("8",)} == {"9", "10", "11"}


@given(st.sampled_from(spoken.ANCHORS), st.integers(0, 1000), st.sampled_from(["zh", "en"]))
def test_a_time_is_read_as_it_is_written(anchor: str, days: int, language: str) -> None:
    assert spoken.when(spoken.said(anchor, days, language)) == (anchor, days)


@pytest.mark.parametrize(
    ("words", "meant"),
    [("会前3天", ("before", 3)), ("提前５天", ("before", 5)), ("10天内", ("turn", 10)), ("当天", ("before", 0))],
)
def test_a_time_is_read_as_people_write_it(words: str, meant: tuple[str, int]) -> None:
    assert spoken.when(words) == meant


HEAD = "title: 走访\nsteps:\n"
LINE = "  - {key: a, title: 列名单, who: 书记, when: 启动后1天}\n"


@pytest.mark.parametrize(
    ("text", "mistake", "line"),
    [
        (HEAD + LINE.replace("启动后1天", "很快"), Mistake.WHEN, 3),
        (HEAD + LINE.replace(", when: 启动后1天", ""), Mistake.MISSING, 3),
        (HEAD + LINE.replace("who", "whom"), Mistake.UNKNOWN, 3),
        (HEAD + "  - &a [1]\n", Mistake.REFERENCE, 3),
        (HEAD + "  - !!python/object/apply:os.system [ls]\n", Mistake.REFERENCE, 3),
        ("title: 走访\ntitle: 再访\nsteps: []\n", Mistake.TWICE, 2),
        ("steps: 一步\n", Mistake.NOT_A_LIST, 1),
        (HEAD + "  - 一步\n", Mistake.NOT_A_MAP, 3),
        (HEAD + "  - {key: [", Mistake.SYNTAX, 3),
        (HEAD + LINE.replace("列名单", "[列, 名单]"), Mistake.NOT_A_TEXT, 3),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(text: str, mistake: Mistake, line: int) -> None:
    found = files.read(text.encode())
    assert (found.wrong[0].mistake, found.wrong[0].place.line) == (mistake, line)


def test_a_rule_that_is_broken_is_told_with_the_line_of_its_step() -> None:
    with pytest.raises(FaultyProcedure) as refused:
        as_procedure(files.read((HEAD + LINE + LINE).encode()))
    ((place, fault),) = refused.value.values["faults"]
    assert (place.line, fault.wrong) == (4, Wrong.TWICE)


def test_in_a_table_empty_waits_are_the_step_before_and_none_is_none() -> None:
    rows = "名称,走访\n序号,步骤,责任人,时间,在哪几步之后\n1,甲,书记,启动后1天,\n2,乙,书记,3天内,\n"
    rows += "3,丙,书记,3天内,无\n4,丁,书记,3天内,2、3\n"
    made = as_procedure(files.read(rows.encode()))
    assert made.title == "走访"
    assert [one.waits for one in made.steps] == [(), ("1",), (), ("2", "3")]


def lesson(way: Way, key: str = "b", words: str = "先问清楚") -> Lesson:
    return Lesson(RunId(1), ProcedureId(1), MemberId(1), AT, "", "", words, Change(way, key))


CHAIN = Procedure("流程", steps(a="", b="a", c="b", d="b"))


def test_a_lesson_becomes_part_of_a_standard() -> None:
    once = changed(CHAIN, lesson(Way.CHECK))
    assert once.step("b").check == "先问清楚"
    assert changed(once, lesson(Way.CHECK, words="再去")).step("b").check == "先问清楚；再去"
    assert len(changed(once, lesson(Way.CHECK, words="长" * 500)).step("b").check) == MAX_PART_CHARS


def test_a_new_step_takes_the_place_of_the_one_before_it_for_those_who_waited() -> None:
    made = check(changed(CHAIN, lesson(Way.STEP)))
    assert [one.key for one in made.steps] == ["a", "b", "b+1", "c", "d"]
    assert made.step("b+1").waits == ("b",)
    assert made.step("c").waits == made.step("d").waits == ("b+1",)


def test_a_step_gets_more_time() -> None:
    assert changed(CHAIN, lesson(Way.DAYS)).step("b").days == 6
    early = replace(CHAIN, steps=(Step("b", "乙", "书记", Anchor.BEFORE, 2),))
    assert changed(early, lesson(Way.DAYS)).step("b").days == 0


def test_a_lesson_about_a_step_that_is_no_more_changes_nothing() -> None:
    with pytest.raises(NoProposal):
        changed(CHAIN, lesson(Way.CHECK, key="z"))


@given(st.sampled_from(list(Way)), st.sampled_from("abcd"), st.text(min_size=1, max_size=500))
def test_whatever_is_learnt_makes_a_procedure_that_can_be_followed(way: Way, key: str, words: str) -> None:
    assert not cycle(changed(CHAIN, lesson(way, key, words)).steps)
