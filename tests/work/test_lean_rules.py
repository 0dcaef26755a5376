"""Lean figures: pure rules, each checked by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from bot.drawings import DRAWINGS
from charts import Board, Topics
from domain.ids import ChatId, TaskId
from domain.work.lean.figures import LEAST, Course, Gauge, Kind, Lean, Phase, by_kind, course, courses, figures, kind_of
from domain.work.lean.model import Ended, Step
from domain.work.lean.report import report, unit
from domain.work.lean.worktime import Worktime
from domain.work.task import Happening, LinkKind
from tests.samples import MONDAY, TUESDAY

ZONE = "Asia/Shanghai"
GIVEN, ACCEPTED, SUBMITTED, RETURNED, DONE, REOPENED, REASSIGNED, POSTPONED = (
    Happening.GIVEN,
    Happening.ACCEPTED,
    Happening.SUBMITTED,
    Happening.RETURNED,
    Happening.DONE,
    Happening.REOPENED,
    Happening.REASSIGNED,
    Happening.POSTPONED,
)


def at(day: int, hour: float = 8) -> datetime:
    """A moment of November 2026 in Shanghai; the 23rd is a Monday."""
    return datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=hour - 8)


TIME = Worktime(at(1), at(30), ZONE, lambda day: day.weekday() < 5)


def ended(
    *steps: tuple[Happening, datetime], given: datetime, done: datetime, due: datetime | None = None, **more
) -> Ended:
    submitted = [moment for what, moment in steps if what is SUBMITTED]
    return Ended(
        *(TaskId(1), TaskId(1), ChatId(1), given, due or at(30), done),
        submitted_at=submitted[-1] if submitted else None,
        steps=[Step(GIVEN, given), *(Step(*one) for one in steps), Step(DONE, done)],
        **more,
    )


def parts(found: Course) -> tuple[float, ...]:
    return tuple(round(found.parts[phase], 3) for phase in Phase)


def test_only_workdays_count() -> None:
    friday, monday = at(20, 18), at(23, 12)
    assert TIME.position(monday) - TIME.position(friday) == pytest.approx(0.75)
    saturday, sunday = at(21, 9), at(22, 21)
    assert TIME.position(sunday) == TIME.position(saturday)
    assert TIME.position(at(1) - timedelta(days=9)) == 0


def test_a_task_whose_work_nobody_announced_has_a_lead_time_alone() -> None:
    found = course(ended(given=at(23), done=at(25)), TIME)
    assert (found.lead, found.parts, found.on_time, found.reviewed) == (pytest.approx(2), {}, True, False)


def test_time_is_told_apart_into_waiting_work_review_and_rework() -> None:
    found = course(
        ended(
            (ACCEPTED, at(24)),
            (SUBMITTED, at(26)),
            (RETURNED, at(27)),
            (SUBMITTED, at(27, 20)),
            given=at(23),
            done=at(30),
        ),
        TIME,
    )
    assert parts(found) == (1, 2, 1.5, 0.5)
    assert (found.lead, found.returned, found.reviewed) == (pytest.approx(5), 1, True)


def test_without_an_acceptance_nobody_knows_of_waiting_to_start() -> None:
    found = course(ended((SUBMITTED, at(25)), (POSTPONED, at(25, 12)), given=at(23), done=at(26)), TIME)
    assert parts(found) == (0, 2, 1, 0)


def test_a_new_owner_waits_again_if_they_accept() -> None:
    begun = (ACCEPTED, at(23, 20))
    found = course(ended(begun, (REASSIGNED, at(24)), (ACCEPTED, at(25)), given=at(23), done=at(26)), TIME)
    assert parts(found) == (1.5, 1.5, 0, 0)
    found = course(ended(begun, (REASSIGNED, at(24)), given=at(23), done=at(26)), TIME)
    assert parts(found) == (0.5, 2.5, 0, 0)


def test_a_task_that_was_taken_back_for_a_moment_goes_on() -> None:
    found = course(
        ended((ACCEPTED, at(23, 20)), (DONE, at(24)), (REOPENED, at(24, 9)), given=at(23), done=at(25)), TIME
    )
    assert parts(found) == (0.5, 1.5, 0, 0)


def test_on_time_is_judged_by_the_submission() -> None:
    late_review = ended((SUBMITTED, at(24)), given=at(23), done=at(27), due=at(25))
    assert course(late_review, TIME).on_time
    assert not course(ended(given=at(23), done=at(27), due=at(25)), TIME).on_time


def test_what_several_did_together_is_one_task() -> None:
    each = ended(given=at(23), done=at(24))
    shared = ended(given=at(23), done=at(24), together=True)
    assert len(courses([each, each], TIME)) == 2
    assert len(courses([shared, shared], TIME)) == 1


def test_a_step_of_a_procedure_that_serves_a_goal_is_a_step() -> None:
    assert kind_of([LinkKind.GOAL, LinkKind.STEP]) is Kind.STEP
    assert kind_of([]) is Kind.PLAIN
    assert {one.value for one in LinkKind} == {one.value for one in Kind} - {Kind.PLAIN}


def plain(lead: float, *, on_time: bool = True, kind: Kind = Kind.PLAIN, returned: int | None = None) -> Course:
    phases = {} if returned is None else {Phase.START: lead / 2, Phase.WORK: lead / 2, Phase.REVIEW: 0, Phase.REWORK: 0}
    return Course(TaskId(1), ChatId(1), kind, lead, on_time, returned is not None, returned or 0, phases)


def test_of_few_tasks_nothing_is_told() -> None:
    few = figures([plain(1, returned=0)] * (LEAST - 1))
    assert not few.enough
    assert [few.value(gauge) for gauge in Gauge] == [None] * len(Gauge)
    assert report("", (MONDAY, TUESDAY), [plain(1)] * (LEAST - 1), [], []).picture is None


def test_the_figures_are_the_median_and_shares() -> None:
    found = figures([plain(1, returned=0)] * 3 + [plain(9, returned=2), plain(200, on_time=False, returned=1)])
    assert found.value(Gauge.LEAD) == 1, "one task that lay for months changes nothing"
    assert found.value(Gauge.ON_TIME) == 80
    assert found.value(Gauge.REWORK) == 40
    assert found.value(Gauge.EFFICIENCY) == pytest.approx(50)
    assert found.value(Gauge.START) == pytest.approx(21.2)
    assert (found.longest, found.share(Phase.START)) == (Phase.START, 50)


def test_without_waiting_nothing_waits_longest() -> None:
    work = dict.fromkeys(Phase, 0.0) | {Phase.WORK: 1.0}
    assert Lean(9, 9, 1, 0, 0, 9, work).longest is None


def test_branches_and_kinds_are_listed_only_where_there_are_several() -> None:
    steps, others = [plain(3, kind=Kind.STEP)] * 6, [plain(1)] * 6
    one = report("x", (MONDAY, TUESDAY), [*steps, *others], [], [unit("a", steps)])
    assert (one.units, list(one.told_kinds)) == ([], [Kind.STEP, Kind.PLAIN])
    two = report("x", (MONDAY, TUESDAY), [*steps, *others], [], [unit("b", others), unit("a", steps), unit("c", [])])
    assert ([each.name for each in two.units], two.more) == (["a", "b"], 0), "what takes longest comes first"
    assert two.picture is not None
    assert [line["name"] for line in two.picture.values["lines"]] == ["", "a", "b"]
    assert report("x", (MONDAY, TUESDAY), steps, [], []).told_kinds == {}


def words(text: str, /, **values: object) -> str:
    return texts.label(text, texts.Reader("zh", ZONE), values)


def test_the_picture_shows_where_the_time_went() -> None:
    steps, others = [plain(3, kind=Kind.STEP, returned=0)] * 6, [plain(1, returned=0)] * 6
    alone = report("x", (MONDAY, TUESDAY), others, [], []).picture
    both = report("x", (MONDAY, TUESDAY), [*steps, *others], [], []).picture
    assert alone is not None
    assert both is not None
    board, topics = (DRAWINGS["lean.told"](one.values, words) for one in (alone, both))
    assert isinstance(board, Board)
    assert [(one.name, one.shown) for one in board.lines[:2]] == [
        ("开工等待", "0.5 个工作日"),
        ("办理", "0.5 个工作日"),
    ]
    assert isinstance(topics, Topics)
    assert topics.parts == ("办理", "等待", "返工")
    assert [(one.name, one.counts) for one in topics.topics] == [
        ("合计", (1, 1, 0)),
        ("流程步骤", (1.5, 1.5, 0)),
        ("其他任务", (0.5, 0.5, 0)),
    ]


HAPPENINGS = st.sampled_from(list(Happening))
HISTORIES = st.lists(st.tuples(HAPPENINGS, st.floats(0, 29 * 24)), max_size=12)


@given(HISTORIES, st.floats(0, 29 * 24), st.floats(0, 29 * 24))
def test_the_parts_of_any_history_add_up_to_its_lead_time(history, one, other) -> None:
    """Whatever the order of moments: two clocks may differ."""
    begin, end = sorted((one, other))
    steps = [Step(what, at(1) + timedelta(hours=hours)) for what, hours in history]
    found = course(Ended(TaskId(1), TaskId(1), ChatId(1), at(1, 8 + begin), at(9), at(1, 8 + end), steps=steps), TIME)
    assert found.lead >= 0
    assert all(part >= 0 for part in found.parts.values())
    if found.parts:
        assert sum(found.parts.values()) == pytest.approx(found.lead, abs=1e-9)


@given(st.lists(st.tuples(st.sampled_from(list(Kind)), st.floats(0, 99), st.booleans()), max_size=30))
def test_the_kinds_add_up_to_all(made) -> None:
    found = [plain(lead, on_time=on_time, kind=kind, returned=0) for kind, lead, on_time in made]
    every, kinds = figures(found), by_kind(found)
    assert sum(one.done for one in kinds.values()) == every.done
    assert sum(one.on_time for one in kinds.values()) == every.on_time
    for phase in Phase:
        assert sum(one.parts[phase] for one in kinds.values()) == pytest.approx(every.parts[phase])
