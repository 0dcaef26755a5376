"""What an event is worth within its caps, whatever was given before."""

from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.points.event import EventName, RuleName
from domain.points.period import Every
from domain.points.scheme.engine import Worth, worth
from domain.points.scheme.model import Cap, Limit, Rule, Scope, Window

NOON = time(12)


def rule(points: int, *most: int, windows: tuple[Window, ...] = ()) -> Rule:
    limits = tuple(Limit(Scope.RULE, "read", Cap(Every.DAY, one)) for one in most)
    return Rule(RuleName("read"), EventName("study.read"), points, windows=windows, limits=limits)


@pytest.mark.parametrize(
    ("points", "most", "given_before", "gives"),
    [
        (5, (), (), 5),
        (5, (6,), (0,), 5),
        (5, (6,), (4,), 2),
        (5, (6,), (6,), 0),
        (5, (6,), (9,), 0),  # more was given than a later file allows
        (5, (6,), (-3,), 5),  # what was taken back leaves room, and no event is worth more for it
        (5, (20, 6, 30), (0, 3, 28), 2),
        (-5, (), (), -5),
        (-5, (6,), (0,), -5),
        (-5, (6,), (-4,), -2),
        (-5, (6,), (-6,), 0),
        (-5, (6,), (-9,), 0),
    ],
)
def test_caps_leave_what_was_not_given_yet(points, most, given_before, gives):
    assert worth(rule(points, *most), NOON, given_before) == Worth(gives, points)


@pytest.mark.parametrize(
    ("clock", "gives"), [(time(5, 59), 2), (time(6), 4), (time(8, 29), 4), (time(8, 30), 6), (time(9), 2)]
)
def test_a_window_multiplies_from_its_first_minute_until_before_its_last(clock, gives):
    windows = (Window(360, 510, 2), Window(510, 540, 3))
    assert worth(rule(2, windows=windows), clock, ()) == Worth(gives, gives)


def test_of_two_windows_the_first_counts_and_caps_bound_what_it_gives():
    windows = (Window(0, 1440, 2), Window(720, 780, 3))
    assert worth(rule(2, 5, windows=windows), NOON, (2,)) == Worth(3, 4)


@given(st.integers(-9, 9).filter(bool), st.lists(st.integers(1, 30), max_size=3), st.integers(1, 20))
@settings(max_examples=50, deadline=None)
def test_one_after_the_other_they_come_to_the_lowest_cap_and_no_further(points, most, times):
    total = 0
    for _ in range(times):
        total += worth(rule(points, *most), NOON, [total] * len(most)).points
    sign = 1 if points > 0 else -1
    assert total == sign * min(abs(points) * times, *most, 10_000)
