"""Rhythms: their days, and that no turn is skipped or given twice, whatever the calendar and the program do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

import texts
from domain.work.rhythm import (
    LEAD,
    MONTHS,
    By,
    CatchUp,
    DayOff,
    Place,
    Rhythm,
    Spot,
    Turn,
    Unit,
    brought,
    due_at,
    following,
    give_at,
    in_phase,
    next_after,
)
from handlers.work import rhythms

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # a Wednesday
A_DAY = timedelta(days=1)
SHANGHAI = Place("Asia/Shanghai", time(9), lambda day: day.weekday() < 5)
# The National Day of 2026 with 调休: off from 1 to 7 October, worked on Saturday the 10th and Sunday 27 September.
HOLIDAY = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True, date(2026, 9, 27): True}
CHINA = Place("Asia/Shanghai", time(9), lambda day: HOLIDAY.get(day, day.weekday() < 5))


def days(words: str, place: Place = SHANGHAI, since: datetime = NOW, count: int = 4) -> list[str]:
    """The next days of a rhythm as people write it."""
    read = rhythms.read(words)
    assert read is not None
    rhythm = in_phase(read[0], since, place)
    first = next_after(rhythm, since, place)
    assert first is not None
    return [f"{one.day}" for one in islice(following(rhythm, first.turn.before, place), count)]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert days("每月31日，休息日照常") == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]
    assert days("每年2月31日，休息日照常") == ["2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"]


def test_a_fifth_friday_that_a_month_lacks_is_left_out() -> None:
    assert days("每月第5个周五") == ["2027-01-29", "2027-04-30", "2027-07-30", "2027-10-29"]


def test_a_day_off_moves_within_its_period() -> None:
    september = datetime(2026, 9, 20, tzinfo=UTC)
    assert days("每周一9:00", CHINA, september) == ["2026-09-21", "2026-09-28", "2026-10-08", "2026-10-12"]
    assert days("每月1日", CHINA, september, 2) == ["2026-10-08", "2026-11-02"]
    assert days("每月底", SHANGHAI, NOW, 3) == ["2026-11-30", "2026-12-31", "2027-01-29"]
    assert days("每周六 值班", CHINA, september, 3) == ["2026-09-26", "2026-10-03", "2026-10-10"]


def test_workdays_follow_the_calendar() -> None:
    september = datetime(2026, 9, 25, 12, tzinfo=UTC)
    assert days("每个工作日", CHINA, september, 5) == [
        *("2026-09-27", "2026-09-28", "2026-09-29", "2026-09-30"),
        "2026-10-08",
    ]
    assert days("每季度末前5个工作日", CHINA, september - A_DAY * 20, 1) == ["2026-09-25"]
    assert days("每周最后一个工作日", CHINA, september, 3) == ["2026-09-27", "2026-09-30", "2026-10-10"]


def test_a_week_without_a_workday_has_no_turn() -> None:
    off = Place("Asia/Shanghai", time(9), lambda day: not date(2026, 12, 7) <= day <= date(2026, 12, 13))
    assert days("每周一9:00", off) == ["2026-11-30", "2026-12-14", "2026-12-21", "2026-12-28"]


def test_every_second_week_begins_with_the_next_turn() -> None:
    assert days("每两周周五") == ["2026-11-27", "2026-12-11", "2026-12-25", "2027-01-08"]
    assert days("每两周周一") == ["2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11"]


def test_what_is_due_before_the_morning_is_given_the_workday_before() -> None:
    read = rhythms.read("每个工作日8:00")
    assert read is not None
    monday = next(one for one in following(read[0], NOW, SHANGHAI) if one.day.weekday() == 0)
    assert f"{give_at(read[0], monday, SHANGHAI):%F %H:%M}" == "2026-11-27 09:00"


def test_a_time_that_the_clock_skips_comes_an_hour_later() -> None:
    london = Place("Europe/London", time(9), lambda _: True)
    rhythm = Rhythm(Unit.DAY, (Spot(By.DAY, 1),), time(1, 30))
    turns = following(rhythm, datetime(2027, 3, 27, tzinfo=UTC), london)
    assert [f"{due_at(rhythm, one, london):%F %H:%M}" for one in islice(turns, 3)] == [
        *("2027-03-27 01:30", "2027-03-28 02:30", "2027-03-29 01:30"),
    ]


def test_only_the_latest_missed_turn_is_made_up_for() -> None:
    read = rhythms.read("每个工作日18:00")
    assert read is not None
    settled, later = Turn(date(2026, 11, 24), 0), NOW + A_DAY * 10 + timedelta(hours=12)
    latest = brought(read[0], settled, later, SHANGHAI, catch_up=CatchUp.LATEST, most=30)
    each = brought(read[0], settled, later, SHANGHAI, catch_up=CatchUp.EACH, most=30)
    assert [f"{one.day}" for one in latest.give] == ["2026-12-04"]
    assert len(each.give) == 8
    assert latest.settled == each.settled == Turn(date(2026, 12, 4), 0)


def test_too_many_missed_turns_are_given_a_part_at_a_time() -> None:
    read = rhythms.read("每天18:00")
    assert read is not None
    settled, later, seen = Turn(date(2026, 1, 1), 0), NOW, []
    for _ in range(100):
        found = brought(read[0], settled, later, SHANGHAI, catch_up=CatchUp.EACH, most=7)
        if not found.give:
            break
        seen += [one.day for one in found.give]
        settled = found.settled
    assert seen == [date(2026, 1, 2) + A_DAY * number for number in range(len(seen))]
    assert seen[-1] == date(2026, 11, 25)


# --- whatever happens ------------------------------------------------------------------------------------------------


@st.composite
def spots(draw: st.DrawFn, unit: Unit) -> Spot:
    by = By.WORKDAY if unit is Unit.DAY and draw(st.booleans()) else By.DAY
    if unit is Unit.DAY:
        return Spot(by, 1)
    if unit is Unit.WEEK:
        return Spot(By.DAY, draw(st.integers(1, 7)))
    month = 0 if unit is Unit.MONTH else draw(st.integers(1, MONTHS[unit]))
    by = draw(st.sampled_from(By))
    most = {By.DAY: 31, By.WEEKDAY: 5, By.WORKDAY: 20}[by]
    n = draw(st.integers(1, most)) * draw(st.sampled_from((1, -1)))
    return Spot(by, n, draw(st.integers(0, 6)) if by is By.WEEKDAY else None, month)


@st.composite
def rhythm_of(draw: st.DrawFn) -> Rhythm:
    unit = draw(st.sampled_from(Unit))
    most = 1 if unit is Unit.DAY else 3
    found = draw(st.lists(spots(unit), min_size=1, max_size=most, unique=True))
    if unit is Unit.WEEK:
        found = sorted(found, key=lambda spot: spot.n)
    clock = time(draw(st.integers(0, 23)), draw(st.sampled_from((0, 30, 59))))
    every = 1 if found[0] == Spot(By.WORKDAY, 1) and unit is Unit.DAY else draw(st.integers(1, 3))
    return Rhythm(unit, tuple(found), clock, every, draw(st.integers(0, every - 1)), draw(st.sampled_from(DayOff)))


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Days off and on at random, in a zone with or without a change of the clock."""
    off = draw(st.sets(st.integers(0, 1200), max_size=60))
    begin = date(2026, 1, 1)

    def works(day: date) -> bool:
        return (day.weekday() < 5) != ((day - begin).days in off)

    return Place(draw(st.sampled_from(("Asia/Shanghai", "Europe/London"))), time(draw(st.integers(6, 10))), works)


@given(rhythm_of())
def test_the_store_gives_back_the_same_rhythm(rhythm: Rhythm) -> None:
    assert Rhythm.read(str(rhythm)) == rhythm


def shown(rhythm: Rhythm, language: str) -> str:
    return texts.label("recurring.rhythm", texts.Reader(language, "UTC"), {"rhythm": rhythm}).strip()


def moves(rhythm: Rhythm) -> bool:
    """Whether something becomes of its days off, so that it is said."""
    return rhythm.unit is not Unit.DAY and rhythm.spots[0].by is not By.WORKDAY


@pytest.mark.parametrize("language", ["zh", "en"])
@given(rhythm_of())
def test_a_rhythm_is_read_as_it_is_shown(language: str, rhythm: Rhythm) -> None:
    read = rhythms.read(shown(rhythm, language))
    assert read is not None, shown(rhythm, language)
    found, rest = read
    assert rest == ""
    assert (found.unit, found.spots, found.clock, found.every) == (
        *(rhythm.unit, rhythm.spots, rhythm.clock, rhythm.every),
    ), shown(rhythm, language)
    assert found.off is rhythm.off or not moves(rhythm)


@given(rhythm_of(), places())
def test_something_is_given_before_it_is_due(rhythm: Rhythm, place: Place) -> None:
    for one in islice(following(rhythm, NOW, place), 3):
        assert give_at(rhythm, one, place) < due_at(rhythm, one, place)


Runs = st.lists(st.integers(0, 60 * 24 * 400), min_size=1, max_size=12)  # minutes after the beginning


@given(rhythm_of(), places(), places(), Runs, st.integers(1, 5))
def test_no_turn_is_skipped_or_given_twice(
    rhythm: Rhythm, before: Place, after: Place, runs: list[int], most: int
) -> None:
    """Runs at any moments, late ones and restarts, while the days off become others half way through."""
    begin = datetime(2026, 1, 5, tzinfo=UTC)
    first = next(following(rhythm, begin, before), None)
    if first is None:
        return
    settled, seen = first.turn.before, []
    moments = [begin + timedelta(minutes=each) for each in sorted(runs)]
    for number, moment in enumerate(moments):
        place = before if number < len(moments) // 2 else Place(before.zone, before.morning, after.is_workday)
        while True:
            found = brought(rhythm, settled, moment, place, catch_up=CatchUp.EACH, most=most)
            if not found.give:
                break
            seen += [one.turn for one in found.give]
            settled = found.settled
    assert seen == sorted(set(seen))
    if runs and len(moments) == 1:
        place = before if len(moments) // 2 else Place(before.zone, before.morning, after.is_workday)
        expected = _due_by(rhythm, first.turn.before, moments[-1], place)
        assert seen == expected


def _due_by(rhythm: Rhythm, since: Turn, moment: datetime, place: Place) -> list[Turn]:
    found = []
    for one in following(rhythm, since, place):
        if give_at(rhythm, one, place) > moment:
            break
        found.append(one.turn)
    return found


@given(rhythm_of(), places(), Runs)
def test_turns_do_not_depend_on_when_the_program_ran(rhythm: Rhythm, place: Place, runs: list[int]) -> None:
    begin = datetime(2026, 1, 5, tzinfo=UTC)
    first = next(following(rhythm, begin, place), None)
    if first is None:
        return
    settled, seen = first.turn.before, []
    moments = [begin + timedelta(minutes=each) for each in sorted(runs)]
    for moment in moments:
        found = brought(rhythm, settled, moment, place, catch_up=CatchUp.EACH, most=10_000)
        seen += [one.turn for one in found.give]
        settled = found.settled
    assert seen == _due_by(rhythm, first.turn.before, moments[-1], place)


def test_every_unit_has_a_lead() -> None:
    assert LEAD.keys() == set(Unit)


def test_a_calendar_without_workdays_ends() -> None:
    never: Callable[[date], bool] = lambda _: False  # noqa: E731 - typed
    place = Place("Asia/Shanghai", time(9), never)
    assert next_after(Rhythm(Unit.DAY, (Spot(By.WORKDAY, 1),), time(9)), NOW, place) is None
