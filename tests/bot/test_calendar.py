"""When a schedule's moments are: on the wall clock, on workdays with 调休, and never twice or left out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar import has_year, is_workday, missed_moment, next_moment
from domain.clock import law
from domain.clock.schedule import Days, Late, Planned, When
from domain.features import JOBS
from domain.ids import ChatId

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def planned(cron, zone=SHANGHAI, *, days=Days.ANY, late=Late.WITHIN_THE_DAY, next_at=None):
    return Planned(1, "x", ChatId(1), cron, zone.key, days, late, next_at)


def at(*moment, zone=SHANGHAI):
    return datetime(*moment, tzinfo=zone)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 1, 1), False),  # 元旦, a Thursday
        (date(2026, 1, 4), True),  # a Sunday that is worked for it
        (date(2026, 2, 14), True),  # a Saturday before 春节
        (date(2026, 2, 17), False),
        (date(2026, 9, 20), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 10), True),
        (date(2026, 11, 25), True),
        (date(2026, 11, 28), False),
    ],
)
def test_official_days_of_2026(day, works):
    assert is_workday(day) is works


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (1990, []),
        (2027, ["1-1", "2-5", "2-6", "2-7", "2-8", "4-5", "5-1", "5-2", "6-9", "9-15", "10-1", "10-2", "10-3"]),
        (2031, ["1-1", "1-22", "1-23", "1-24", "1-25", "4-5", "5-1", "5-2", "6-24", "10-1", "10-2", "10-3"]),
        (2100, ["1-1", "5-1", "5-2", "10-1", "10-2", "10-3"]),  # the feasts that move are not known so far ahead
    ],
)
def test_a_year_that_is_not_known_has_weekdays_and_the_days_off_of_the_law(year, off):
    if has_year(year):
        pytest.skip(f"the library knows {year} by now")
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    fixed = {date(year, *map(int, day.split("-"))) for day in off}
    assert [is_workday(day) for day in days] == [day.weekday() < 5 and day not in fixed for day in days]


def test_what_the_law_fixes_is_off_in_the_official_years():
    days = [date(2025, 1, 1) + timedelta(days=n) for n in range(730)]
    off = [day for day in days if law.is_day_off(day)]
    assert len(off) == 2 * 13
    assert not any(is_workday(day) for day in off)


def test_an_enterprise_may_work_on_a_day_that_the_law_has_off():
    day = date(2027, 1, 1)
    assert not is_workday(day)
    assert is_workday(day, {day: True})


def test_no_study_item_is_due_on_new_years_day_of_a_year_that_is_not_known():
    plan = planned("0 8 * * *", days=Days.WORKDAYS)
    if has_year(2027):
        pytest.skip("the library knows 2027 by now")
    assert next_moment(plan, at(2026, 12, 31, 9)) == at(2027, 1, 4, 8)


def test_a_known_year_is_known():
    assert has_year(2026)


def moments(plan, first, last):
    """Every moment of a schedule that is driven as the scheduler does."""
    now, found = first, []
    while (now := next_moment(plan, now)) <= last:
        found.append(now)
    return found


def test_study_comes_on_every_workday_of_2026_and_on_no_other_day():
    plan = planned("30 8 * * *", days=Days.WORKDAYS)
    found = moments(plan, at(2025, 12, 31, 9), at(2026, 12, 31, 23))
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [moment.date() for moment in found] == [day for day in year if is_workday(day)]
    assert {(moment.hour, moment.minute, moment.utcoffset()) for moment in found} == {(8, 30, 8 * HOUR)}


@pytest.mark.parametrize("cron", ["30 8 * * *", "30 2 * * *", "30 1 * * *", "0 0 * * *", "0 3 * * *"])
def test_a_year_with_clock_changes_has_each_day_once(cron):
    """Among them the hour that is missing in March and the one that comes twice in November."""
    found = moments(planned(cron, NEW_YORK), at(2026, 1, 1, zone=NEW_YORK) - HOUR, at(2026, 12, 31, 23, zone=NEW_YORK))
    assert [moment.date() for moment in found] == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [m.astimezone(UTC) for m in found] == sorted({m.astimezone(UTC) for m in found})


@pytest.mark.parametrize("zone", [NEW_YORK, SHANGHAI, ZoneInfo("Europe/London"), ZoneInfo("Australia/Lord_Howe")])
@pytest.mark.parametrize("cron", ["30 8 * * *", "30 2 * * *", "0 9 * * 1"])
def test_a_year_hour_by_hour_runs_each_slot_once(cron, zone):
    """As the scheduler does it: what is due is run for its slot, then the next moment is noted."""
    now = datetime(2026, 1, 1, tzinfo=zone).astimezone(UTC)
    last = datetime(2027, 1, 1, tzinfo=zone).astimezone(UTC)
    plan, slots = planned(cron, zone, next_at=next_moment(planned(cron, zone), now)), []
    while now < last:
        if plan.next_at <= now:
            slots.append(missed_moment(plan, now))
            plan = planned(cron, zone, next_at=next_moment(plan, now))
            assert plan.next_at > now
        now += HOUR
    assert None not in slots
    days = [slot.astimezone(zone).date() for slot in slots]
    step = 7 if cron.endswith("1") else 1
    assert days == [days[0] + timedelta(days=step * n) for n in range(len(days))]
    assert len(days) in (52, 365)


def test_minutes_go_on_through_both_clock_changes():
    plan = planned("*/10 * * * *", NEW_YORK)
    for day in ((2026, 3, 8), (2026, 11, 1)):
        first = at(*day, zone=NEW_YORK).astimezone(UTC)
        found = [moment.astimezone(UTC) for moment in moments(plan, first, first + 6 * HOUR)]
        assert found == [first + timedelta(minutes=10 * n) for n in range(1, 37)]


NEXT = at(2026, 11, 25, 8, 30)


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (NEXT, NEXT),
        (NEXT + 5 * HOUR, NEXT),  # late, on the same day
        (at(2026, 11, 25, 23, 59), NEXT),
        (at(2026, 11, 26, 0, 0), None),  # on the next day it is dropped
        (at(2026, 11, 26, 8, 29), None),
        (at(2026, 11, 26, 8, 30), at(2026, 11, 26, 8, 30)),  # at the very moment of the next one
        (at(2026, 11, 27, 9, 0), at(2026, 11, 27, 8, 30)),  # away for days: today's, and only that
        (at(2026, 11, 28, 9, 0), None),  # a Saturday
    ],
)
def test_a_late_moment_counts_within_its_day(now, slot):
    plan = planned("30 8 * * *", days=Days.WORKDAYS, next_at=NEXT)
    assert missed_moment(plan, now.astimezone(UTC)) == slot


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        (at(2026, 11, 23, 9), at(2026, 11, 23, 9)),
        (at(2026, 11, 26, 12), at(2026, 11, 23, 9)),  # however late
        (at(2026, 12, 14, 9), at(2026, 12, 14, 9)),  # three missed: the newest alone
        (at(2026, 12, 20, 9), at(2026, 12, 14, 9)),
    ],
)
def test_merged_moments_are_said_once_however_late(now, slot):
    plan = planned("0 9 * * 1", late=Late.MERGE, next_at=at(2026, 11, 23, 9))
    assert missed_moment(plan, now.astimezone(UTC)) == slot


@pytest.mark.parametrize(
    ("late", "slot"),
    [
        (timedelta(), NEXT),
        (timedelta(minutes=10), NEXT),
        (timedelta(minutes=11), None),
        (timedelta(days=1), NEXT + DAY),
    ],
)
def test_a_moment_that_may_not_be_late_is_skipped(late, slot):
    plan = planned("30 8 * * *", late=Late.SKIP, next_at=NEXT)
    assert missed_moment(plan, (NEXT + late).astimezone(UTC)) == slot


def test_late_is_late_by_the_time_that_passed_and_not_by_the_clock_on_the_wall():
    """01:55 before the clock goes back, and 01:00 after it: five minutes."""
    plan = planned("55 1 * * *", NEW_YORK, late=Late.SKIP, next_at=at(2026, 11, 1, 1, 55, zone=NEW_YORK))
    assert missed_moment(plan, plan.next_at.astimezone(UTC) + timedelta(minutes=5)) == plan.next_at
    assert missed_moment(plan, plan.next_at.astimezone(UTC) + timedelta(minutes=55)) is None


def test_a_schedule_that_was_never_planned_has_missed_nothing():
    assert missed_moment(planned("30 8 * * *"), NEXT) is None


def test_a_schedule_that_never_comes_is_an_error_and_not_a_loop():
    """Weekends of years for which nobody has told which are worked."""
    with pytest.raises(ValueError, match="no moment of '0 9"):
        next_moment(planned("0 9 * * 6,0", days=Days.WORKDAYS), at(2090, 1, 1))


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.schedule.name)
def test_what_ships_has_a_next_moment(job):
    schedule = job.schedule
    plan = planned(schedule.cron, days=schedule.days, late=schedule.late)
    assert next_moment(plan, NEXT) > NEXT


# Over years, in many zones, with times that people choose

ZONES = ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago", "Asia/Gaza"]
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


@settings(deadline=None, max_examples=40)
@given(CLOCKS, st.sampled_from(ZONES), st.integers(2026, 2030))
@example(time(2, 30), "America/New_York", 2026)
@example(time(1, 30), "Australia/Lord_Howe", 2027)
@example(time(0, 0), "America/Santiago", 2028)  # where a day begins at 01:00
@example(time(0, 30), "Asia/Gaza", 2029)
def test_whatever_time_was_chosen_each_local_day_has_it_once(clock, zone, year):
    zone = ZoneInfo(zone)
    plan = planned(When(clock).cron, zone)
    found = moments(plan, at(year - 1, 12, 31, 23, 59, 59, zone=zone), at(year, 12, 31, 23, 59, 59, zone=zone))
    days = [date(year, 1, 1) + DAY * n for n in range(366 if year == 2028 else 365)]
    assert [moment.astimezone(UTC).astimezone(zone).date() for moment in found] == days
    assert sum(moment.astimezone(zone).time() != clock for moment in found) <= 2, "but for the hours that are left out"


@settings(deadline=None, max_examples=40)
@given(CLOCKS, st.integers(0, 6), st.sampled_from(ZONES))
def test_whatever_weekday_was_chosen_each_week_has_it_once(clock, weekday, zone):
    zone = ZoneInfo(zone)
    found = moments(planned(When(clock, weekday).cron, zone), at(2026, 1, 1, zone=zone), at(2029, 1, 1, zone=zone))
    days = [moment.astimezone(UTC).astimezone(zone).date() for moment in found]
    assert {day.weekday() for day in days} == {weekday}
    assert {after - before for before, after in pairwise(days)} == {7 * DAY}


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 3 * 24 * 60), CLOCKS), min_size=1, max_size=12),
    st.sampled_from(ZONES),
    st.sampled_from([date(2026, 3, 6), date(2026, 10, 30), date(2028, 2, 27), date(2026, 12, 29)]),
)
def test_however_often_its_time_is_changed_no_day_has_it_twice_and_none_is_left_out_unsaid(changes, zone, first):
    """Over clock changes, 29 February and the end of the year; between changes time goes by."""
    zone = ZoneInfo(zone)
    now = datetime.combine(first, time(12), zone).astimezone(UTC)
    row, ran, promised = planned("30 8 * * *", zone, next_at=next_moment(planned("30 8 * * *", zone), now)), [], []
    for minutes, clock in [*changes, (10 * 24 * 60, time(8))]:
        until = now + timedelta(minutes=minutes)
        while row.next_at <= until:
            moment = row.next_at.astimezone(UTC)
            ran.append(row.local_day(moment))
            row = replace(row, last_at=moment, next_at=next_moment(row, moment))
        now = until
        row = replace(row, cron=When(clock).cron)
        row = replace(row, next_at=row.next_after(now, next_moment, {}))
        promised.append(row.next_at.astimezone(UTC) - now)
    assert len(ran) == len(set(ran))
    assert max(promised) <= timedelta(hours=49), "after a change it speaks the next day at the latest"
    last_days = [ran[-1] - DAY * n for n in range(8)]
    assert set(last_days) <= set(ran), "left alone, it speaks every day"
