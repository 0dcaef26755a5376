"""Times that people choose, and quiet hours."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock.schedule import When
from domain.messaging.quiet import MAX_QUIET_TIME, Quiet, QuietTooLong
from handlers.arguments import BadArguments
from handlers.clock.schedule import reading

MINUTES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
ZONES = st.sampled_from(
    ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "America/Santiago"]
).map(ZoneInfo)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def later(clock, minutes):
    return (datetime.combine(FIRST, clock) + timedelta(minutes=minutes)).time()


@given(MINUTES, st.none() | st.integers(0, 6))
def test_what_was_chosen_is_read_back_from_its_cron_text(clock, weekday):
    assert When.of(When(clock, weekday).cron) == When(clock, weekday)


@pytest.mark.parametrize("cron", ["*/5 * * * *", "0 9 1 * *", "0 9 * 2 *", "0 9,18 * * *", "0 9 * * 1-5", "x", ""])
def test_cron_text_that_says_more_is_no_time_of_day(cron):
    assert When.of(cron) is None


@pytest.mark.parametrize(("cron", "weekday"), [("0 9 * * 0", 6), ("0 9 * * 7", 6), ("0 9 * * 1", 0), ("0 9 * * 6", 5)])
def test_weekdays_are_counted_from_monday(cron, weekday):
    assert When.of(cron) == When(time(9), weekday)


@st.composite
def quiets(draw):
    begins = draw(MINUTES)
    lasts = draw(st.integers(1, MAX_QUIET_TIME // timedelta(minutes=1)))
    return Quiet(begins, later(begins, lasts))


@given(quiets())
def test_quiet_hours_are_read_back_from_the_store(quiet):
    assert Quiet.of(str(quiet)) == quiet


@given(quiets(), MOMENTS, ZONES)
def test_the_end_of_the_quiet_is_the_first_moment_that_is_not_quiet(quiet, moment, zone):
    local = moment.astimezone(zone)
    end = quiet.end(local)
    waits = end.astimezone(UTC) - moment
    assert timedelta() <= waits <= MAX_QUIET_TIME + timedelta(hours=1), "no longer than it lasts, and a clock change"
    if not quiet.covers(local.time()):
        assert waits == timedelta()
    shown = end.astimezone(UTC).astimezone(zone)
    if shown.utcoffset() == local.utcoffset():  # the hour that a clock change repeats or leaves out is nobody's night
        assert not quiet.covers(shown.time())


@given(MINUTES, st.integers(MAX_QUIET_TIME // timedelta(minutes=1) + 1, 24 * 60))
def test_quiet_hours_that_leave_hardly_any_day_are_refused(begins, lasts):
    with pytest.raises(QuietTooLong):
        Quiet(begins, later(begins, lasts))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    for words in (text, f"学习 {text}", f"summary {text}", f"免打扰 {text}", f"quiet {text}-07:00"):
        with suppress(BadArguments, QuietTooLong):
            assert reading.read(words).word in reading.WORDS


@given(MINUTES, st.integers(0, 6))
def test_every_time_can_be_typed(clock, weekday):
    day = f"周{reading.DAYS[weekday]}"
    wish = reading.read(f"周报 {day} {clock:%H:%M}").wish
    assert (wish.clock, wish.weekday) == (clock, weekday)
