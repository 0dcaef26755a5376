"""How progress rolls up, what is refused, and what people type, without a chat."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import BranchId, GoalId
from domain.people.permission import Area
from domain.work.goal.model import YES_NO, Counted, Goal, GoalState, Level, Measure, MeasureKind
from domain.work.goal.tree import Source, Standing, cycle, grow
from handlers.arguments import BadArguments
from handlers.work import goal_reading
from handlers.work.goal_adjusting import carried

TIMES = Measure(MeasureKind.NUMBER, Decimal(12), "次")
GOAL = Goal(
    GoalId(1),
    None,
    Level.YEAR,
    Area(branch=BranchId(1)),
    "安全年",
    TIMES,
    0,
    date(2026, 1, 1),
    date(2026, 12, 31),
    None,
)


def goal(number: int, parent: int | None = None, weight: int = 0, **more: object) -> Goal:
    above = None if parent is None else GoalId(parent)
    return replace(GOAL, id=GoalId(number), parent=above, weight=weight, **more)


@st.composite
def forests(draw):
    """Goals of which each stands below an earlier one or at the top, with reports and tasks."""
    count = draw(st.integers(1, 12))
    goals = []
    for number in range(1, count + 1):
        parent = draw(st.one_of(st.none(), st.integers(1, number - 1))) if number > 1 else None
        state = draw(st.sampled_from([GoalState.OPEN, GoalState.OPEN, GoalState.OPEN, GoalState.DROPPED]))
        goals.append(goal(number, parent, draw(st.sampled_from([0, 10, 30, 50, 90])), state=state))
    numbers = st.sampled_from([one.id for one in goals])
    values = draw(st.dictionaries(numbers, st.decimals(0, 20, places=1)))
    tasks = draw(
        st.dictionaries(numbers, st.integers(1, 5).flatmap(lambda of: st.tuples(st.just(of), st.integers(0, of))))
    )
    return goals, values, {number: Counted(*one) for number, one in tasks.items()}


def recomputed(number, goals, values, tasks) -> Fraction:
    """The progress of a goal from the rows alone, as the documentation says it."""
    below = [one for one in goals if one.parent == number and one.is_open]
    if below:
        weights = [one.weight for one in below] if any(one.weight for one in below) else [1] * len(below)
        parts = [recomputed(one.id, goals, values, tasks) for one in below]
        return sum((part * weight for part, weight in zip(parts, weights, strict=True)), Fraction(0)) / sum(weights)
    if number in values:
        return min(Fraction(1), Fraction(values[number]) / 12)
    counted = tasks.get(number)
    return Fraction(counted.done, counted.tasks) if counted else Fraction(0)


@given(forests())
def test_a_roll_up_equals_a_recomputation(drawn):
    goals, values, tasks = drawn
    for root in grow(goals, values, tasks):
        for _, node in root.walk():
            assert node.progress == recomputed(node.goal.id, goals, values, tasks)
            assert 0 <= node.progress <= 1
            assert (node.percent == 100) is node.is_reached


def test_weights_that_do_not_add_up_are_taken_in_proportion_and_told():
    (root,) = grow([goal(1), goal(2, 1, 80), goal(3, 1, 50)], {GoalId(2): Decimal(12)}, {})
    assert (root.percent, root.weights, root.is_off) == (61, 130, True)
    (root,) = grow([goal(1), goal(2, 1), goal(3, 1)], {GoalId(2): Decimal(12)}, {})
    assert (root.percent, root.is_off) == (50, False), "without weights they count alike"


def test_what_was_reported_goes_before_tasks_and_below_goes_before_both():
    counted = {GoalId(1): Counted(4, 1), GoalId(2): Counted(4, 1)}
    (alone,) = grow([goal(1)], {}, counted)
    assert (alone.percent, alone.source) == (25, Source.TASKS)
    (told,) = grow([goal(1)], {GoalId(1): Decimal(6)}, counted)
    assert (told.percent, told.source) == (50, Source.REPORTED)
    (root,) = grow([goal(1), goal(2, 1)], {GoalId(1): Decimal(6)}, counted)
    assert (root.percent, root.source) == (25, Source.BELOW)
    (left,) = grow([goal(1), goal(2, 1, state=GoalState.DROPPED)], {GoalId(1): Decimal(6)}, counted)
    assert left.source is Source.REPORTED, "a dropped goal counts nowhere"


def test_a_goal_is_near_in_its_last_week_and_late_after_its_last_day():
    (node,) = grow([goal(1)], {}, {})
    days = [date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)]
    assert [node.standing(day) for day in days] == [Standing.OPEN, Standing.NEAR, Standing.NEAR, Standing.LATE]
    (done,) = grow([goal(1)], {GoalId(1): Decimal(13)}, {})
    assert done.standing(date(2027, 1, 1)) is Standing.REACHED


def test_a_cycle_is_found_with_its_way_round():
    assert cycle({"a": "b", "b": "c", "c": None}) == []
    assert cycle({"x": "a", "a": "b", "b": "a"}) == ["a", "b", "a"]
    assert cycle({"a": "a"}) == ["a", "a"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12次", TIMES),
        ("不少于 12 次", TIMES),
        ("９５％", Measure(MeasureKind.SHARE, Decimal(95))),
        ("80.5 万元", Measure(MeasureKind.NUMBER, Decimal("80.5"), "万元")),
        ("是否完成", YES_NO),
    ],
)
def test_measures(written, meant):
    assert goal_reading.measure(written) == meant
    assert goal_reading.load_measure(goal_reading.keep_measure(meant)) == meant


@pytest.mark.parametrize("written", ["", "很好", "0次", "130%", "-3次", "1" * 20, "12" + "很" * 9])
def test_what_is_no_measure(written):
    with pytest.raises(BadArguments):
        goal_reading.measure(written)


@pytest.mark.parametrize(
    ("written", "measure", "meant"),
    [
        ("9", TIMES, (Decimal(9), "")),
        ("9次，还差三次", TIMES, (Decimal(9), "还差三次")),
        ("62.5%｜两个班组没到", Measure(MeasureKind.SHARE, Decimal(95)), (Decimal("62.5"), "两个班组没到")),
        ("已完成", YES_NO, (Decimal(1), "")),
        ("否，材料没齐", YES_NO, (Decimal(0), "材料没齐")),
    ],
)
def test_reported_values(written, measure, meant):
    assert goal_reading.value(written, measure) == meant


@pytest.mark.parametrize(("written", "measure"), [("9万", TIMES), ("差不多", TIMES), ("3", YES_NO), ("", YES_NO)])
def test_what_is_no_value_is_asked_for_again(written, measure):
    with pytest.raises(BadArguments):
        goal_reading.value(written, measure)


@pytest.mark.parametrize("written", ["130", "-1", "12.5", "很多"])
def test_weights_are_whole_numbers_up_to_100(written):
    with pytest.raises(BadArguments):
        goal_reading.weight(written)


def test_a_goal_is_carried_over_to_the_end_of_the_next_month_or_year():
    assert carried(GOAL) == date(2027, 12, 31)
    month = replace(GOAL, level=Level.MONTH, since=date(2026, 11, 1), due=date(2026, 11, 30))
    assert carried(month) == date(2026, 12, 31)
    assert carried(replace(month, since=date(2026, 12, 1), due=date(2026, 12, 31))) == date(2027, 1, 31)
