"""Which days of the coming two weeks are unusual."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.life.upcoming import Rest, rests

A_DAY = timedelta(days=1)
FRIDAY = date(2027, 1, 1)
MONDAY = date(2026, 12, 28)


def usual(day: date) -> bool:
    return day.weekday() < 5


def test_a_weekend_is_nothing_unusual() -> None:
    assert rests(MONDAY, MONDAY + 13 * A_DAY, usual) == {}


def test_a_weekend_after_a_day_off_belongs_to_it() -> None:
    found = rests(MONDAY, MONDAY + 13 * A_DAY, lambda day: usual(day) and day != FRIDAY)
    assert found == dict.fromkeys([FRIDAY, FRIDAY + A_DAY, FRIDAY + 2 * A_DAY], Rest.OFF)


def test_a_weekend_day_that_is_worked_is_said() -> None:
    sunday = MONDAY + 6 * A_DAY
    assert rests(MONDAY, MONDAY + 13 * A_DAY, lambda day: usual(day) or day == sunday) == {sunday: Rest.WORKED}


@given(st.sets(st.integers(0, 20)))
def test_what_is_worked_is_never_called_off(off: set[int]) -> None:
    def works(day: date) -> bool:
        return (day - MONDAY).days not in off

    found = rests(MONDAY, MONDAY + 13 * A_DAY, works)
    for day, rest in found.items():
        assert works(day) == (rest is Rest.WORKED)
    for number in range(14):
        day = MONDAY + number * A_DAY
        if usual(day) and not works(day):
            assert found[day] is Rest.OFF
