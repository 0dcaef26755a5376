"""Who gets a seat, and what people write about activities."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ActivityId, MemberId
from domain.life.activity import seats
from domain.life.activity.model import Place, Sheet, Signup
from domain.life.activity.overview import quarter_of
from language.activity import Needed, is_done, money, needed, people
from tests.life.activities import HOUR, activity_of
from tests.samples import AT, MONDAY

STEPS = st.lists(st.tuples(st.integers(1, 8), st.integers(-1, 3)), max_size=40)  # who, and with how many; -1 signs off


def play(capacity: int, steps: list[tuple[int, int]]) -> list[Signup]:
    """What comes of people who sign up and off, one after another, by the rules alone."""
    found: dict[int, Signup] = {}
    for number, (who, family) in enumerate(steps):
        others = [one for one in found.values() if one.member != who]
        mine = found.get(who)
        if family < 0:
            if mine is not None:
                found[who] = replace(mine, place=Place.OUT)
        elif 1 + family <= capacity:
            place = seats.place(capacity, others, 1 + family)
            if mine is None or mine.place is not Place.IN or place is Place.IN:
                found[who] = Signup(who, ActivityId(1), MemberId(who), "", family, place, AT + number * HOUR)
        for one in seats.moving_up(capacity, found.values()):
            found[one.member] = replace(one, place=Place.IN)
        assert seats.taken(found.values()) <= capacity
    return list(found.values())


@given(st.integers(1, 6), STEPS)
def test_there_are_never_more_than_seats_and_nobody_waits_who_fits(capacity: int, steps: list[tuple[int, int]]) -> None:
    people_now = play(capacity, steps)
    free = seats.left(capacity, people_now)
    waiting = [one for one in people_now if one.place is Place.WAITING]
    assert free is not None
    assert all(one.seats > free for one in waiting)


def signup(number: int, place: Place, family: int = 0) -> Signup:
    return Signup(number, ActivityId(1), MemberId(number), "", family, place, AT + number * HOUR)


def test_the_first_in_the_queue_who_fits_moves_up() -> None:
    queue = [signup(1, Place.IN), signup(2, Place.WAITING, 2), signup(3, Place.WAITING), signup(4, Place.WAITING)]
    assert [one.id for one in seats.moving_up(3, queue)] == [3, 4]
    assert [one.id for one in seats.moving_up(4, queue)] == [2]
    assert [one.id for one in seats.moving_up(0, queue)] == [2, 3, 4]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("800", 800),
        ("８００元", 800),
        ("1.2万", 12_000),
        ("1.2 元", None),
        ("不花钱", 0),
        ("很多", None),
        ("-5", None),
        ("99999999万", 999_999_990_000),
    ],
)
def test_money(text: str, yuan: int | None) -> None:
    assert money(text) == yuan


@pytest.mark.parametrize(("text", "count"), [("30", 30), ("最多 30人", 30), ("不限", 0), ("0", None), ("一些", None)])
def test_how_many(text: str, count: int | None) -> None:
    assert people(text) == count


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("大客车 8:00-12:00", Needed("大客车", 480, 720)),
        ("8点到12点 大客车", Needed("大客车", 480, 720)),
        ("三楼会议室", Needed("三楼会议室")),
        ("张教练 12:00-8:00", Needed("张教练")),
        ("8:00-12:00", None),
        ("  ", None),
    ],
)
def test_what_is_needed(line: str, found: Needed | None) -> None:
    assert needed(line) == found


def test_words_that_end() -> None:
    assert is_done("完成")
    assert not is_done("还有")


def test_an_average_takes_three_answers_and_the_cost_is_a_head() -> None:
    one = activity_of(spent=90)
    some = [replace(signup(number, Place.IN, 1), present_at=AT, marks=(4, 5, 5)) for number in (1, 2)]
    assert Sheet(one, some).effect.pleased is None
    effect = Sheet(one, [*some, replace(signup(3, Place.IN), present_at=AT, marks=(1, 1, 1))]).effect
    assert (effect.signed, effect.came, effect.pleased, effect.a_head) == (5, 5, 3, 18)
    assert Sheet(one, []).effect.a_head is None


def test_quarters() -> None:
    assert [quarter_of(MONDAY, back).isoformat() for back in (-1, 0, 3)] == ["2027-01-01", "2026-10-01", "2026-01-01"]
