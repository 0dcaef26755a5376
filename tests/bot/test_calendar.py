"""When a schedule's moments are: on the wall clock, on workdays with 调休, and never twice or left out."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import has_year, is_workday, missed_moment, next_moment
from domain.ids import ChatId
from domain.schedule import Days, Late, Planned
from jobs import JOBS

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


@pytest.mark.parametrize("year", [1990, 2027, 2100])
def test_a_year_that_is_not_known_has_plain_weekdays_and_raises_nothing(year):
    if has_year(year):
        pytest.skip(f"the library knows {year} by now")
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert [is_workday(day) for day in days] == [day.weekday() < 5 for day in days]


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
