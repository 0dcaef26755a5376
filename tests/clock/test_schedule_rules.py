"""Times that people choose, and quiet hours."""

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.clock.schedule import When
from domain.messaging.quiet import (
    MAX_QUIET_TIME,
    MAX_SPANS,
    NoSuchSpan,
    Quiet,
    QuietTooLong,
    Span,
    TooManySpans,
    with_span,
    with_span_instead,
    without_span,
)
from handlers.arguments import BadArguments
from handlers.clock.schedule import reading

HOUR = timedelta(hours=1)
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
def spans(draw, most=MAX_QUIET_TIME):
    begins = draw(MINUTES)
    lasts = draw(st.integers(1, most // timedelta(minutes=1)))
    return Span(begins, later(begins, lasts))


@st.composite
def quiets(draw):
    made = None
    with suppress(QuietTooLong, TooManySpans):
        made = Quiet(
            tuple(draw(st.lists(spans(draw(st.sampled_from([HOUR, MAX_QUIET_TIME]))), min_size=1, max_size=5)))
        )
    assume(made is not None)
    return made


def minutes(*spans):
    """The minutes of a day, counted from midnight, that are in one of some spans."""
    return {minute for span in spans for minute in range(24 * 60) if span.covers(time(minute // 60, minute % 60))}


@given(quiets())
def test_quiet_hours_are_read_back_from_the_store(quiet):
    assert Quiet.of(str(quiet)) == quiet


@given(st.lists(spans(3 * HOUR), min_size=1, max_size=5))
def test_quiet_hours_are_all_the_minutes_of_their_spans_with_time_between_them(given):
    covered = minutes(*given)
    try:
        quiet = Quiet(tuple(given))
    except TooManySpans:
        assert len(given) > MAX_SPANS
        return
    assert minutes(*quiet.spans) == covered
    assert sum(span.minutes for span in quiet.spans) == len(covered)
    assert list(quiet.spans) == sorted(quiet.spans, key=lambda span: span.begins)
    for span in quiet.spans:
        assert not quiet.covers(span.ends)


def test_what_touches_is_one_and_what_does_not_stays_apart():
    night, noon = Span(time(21, 30), time(7, 30)), Span(time(12), time(13, 30))
    assert with_span(Quiet((night,)), noon) == Quiet((noon, night)), "the night stays"
    assert with_span(Quiet((noon, night)), Span(time(13), time(14))).spans == (Span(time(12), time(14)), night)
    assert with_span(Quiet((night,)), Span(time(7, 30), time(9))) == Quiet.at(time(21, 30), time(9))
    assert with_span(Quiet((night,)), Span(time(20), time(21, 30))) == Quiet.at(time(20), time(7, 30))
    assert with_span(Quiet((night,)), Span(time(20), time(9))) == Quiet.at(time(20), time(9))
    assert with_span(Quiet((noon, night)), Span(time(22), time(7))).spans == (noon, Span(time(22), time(7))), "shorter"
    assert with_span(Quiet((noon, night)), night) == Quiet((noon, night))
    assert with_span(None, noon) == Quiet((noon,))
    assert with_span_instead(Quiet((noon, night)), Span(time(20), time(6))).spans == (noon, Span(time(20), time(6)))


def test_spans_that_join_over_the_whole_day_are_too_long():
    with pytest.raises(QuietTooLong):
        Quiet((Span(time(8), time(20)), Span(time(19), time(9))))
    with pytest.raises(QuietTooLong):
        Quiet((Span(time(0), time(9)), Span(time(12), time(20))))


def test_a_span_ends_by_itself_and_only_one_that_is_there():
    night, noon = Span(time(21, 30), time(7, 30)), Span(time(12), time(13, 30))
    assert without_span(Quiet((noon, night)), noon) == Quiet((night,))
    assert without_span(Quiet((night,)), night) is None
    for quiet, span in ((Quiet((night,)), noon), (None, night), (Quiet((night,)), Span(time(22), time(7)))):
        with pytest.raises(NoSuchSpan):
            without_span(quiet, span)


def test_the_end_of_one_span_goes_on_into_the_next():
    """In New York 02:00 to 03:00 is left out on 8 March 2026: what ends at 02:30 ends in what begins at 03:00."""
    quiet = Quiet((Span(time(1), time(2, 30)), Span(time(3), time(4))))
    zone = ZoneInfo("America/New_York")
    assert quiet.end(datetime(2026, 3, 8, 1, 30, tzinfo=zone)) == datetime(2026, 3, 8, 4, tzinfo=zone)
    assert quiet.end(datetime(2026, 3, 9, 1, 30, tzinfo=zone)) == datetime(2026, 3, 9, 2, 30, tzinfo=zone)


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
        Quiet.at(begins, later(begins, lasts))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text):
    for words in (
        text,
        f"学习 {text}",
        f"summary {text}",
        f"免打扰 {text}",
        f"quiet {text}-07:00",
        f"免打扰 12:00-13:00{text}",
    ):
        with suppress(BadArguments, QuietTooLong):
            assert reading.read(words).word in reading.WORDS


@given(MINUTES, st.integers(0, 6))
def test_every_time_can_be_typed(clock, weekday):
    day = f"周{reading.DAYS[weekday]}"
    wish = reading.read(f"周报 {day} {clock:%H:%M}").wish
    assert (wish.clock, wish.weekday) == (clock, weekday)


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("12:00-13:30", "add"),
        ("加 12:00-13:30", "add"),
        ("再加上 12点到13点半", "add"),
        ("add 12:00-13:30", "add"),
        ("12:00-13:30 开", "add"),
        ("改为 12:00-13:30", "move"),
        ("改成12:00到13:30", "move"),
        ("12:00-13:30 关", "remove"),
        ("12:00-13:30关闭", "remove"),
        ("12:00-13:30 取消", "remove"),
        ("12:00-13:30 off", "remove"),
        ("12:00-13:30 的 关", "remove"),
        ("关 12:00-13:30", "remove"),
        ("取消12:00-13:30", "remove"),
        ("去掉 中午12点到13点半", "remove"),
        ("remove 12:00-13:30", "remove"),
    ],
)
def test_a_span_is_added_moved_and_removed_in_peoples_words(typed, how):
    read = reading.read(f"免打扰 {typed}")
    assert (read.span, read.how.value) == (Span(time(12), time(13, 30)), how)


@pytest.mark.parametrize(
    "typed",
    [
        "12:00-13:30 和 18:00-19:00",
        "加 12:00-13:30 关",
        "关 12:00-13:30 开",
        "12:00-13:30 明天",
        "12:00",
        "周六 12:00-13:30",
    ],
)
def test_what_is_more_than_a_span_is_asked_about(typed):
    with pytest.raises(BadArguments):
        reading.read(f"免打扰 {typed}")
