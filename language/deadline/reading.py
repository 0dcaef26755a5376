"""A deadline at the start of a text: a day, a time, or a stretch of time from now.

The whole deadline is read, or it is asked about: text right after it is checked before it counts as the title.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import plain
from language.deadline import clock, day, following, hours
from language.deadline.clock import END_OF_DAY, Clock
from language.deadline.errors import DeadlineError, JustGone, NoSuchDay, Past, Unclear
from language.deadline.following import Next
from language.deadline.script import fold
from language.deadline.working import USUAL, Working


@dataclass(frozen=True, slots=True)
class Reading:
    """A deadline that was read.

    `due` is aware, in the zone of the `now` that was given, and after it. `written` is the part of the text that says
    it, `rest` the text after it; both as the writer typed them, without blanks at their ends.
    """

    due: datetime
    rest: str
    written: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The moments that a text may mean, the likeliest first, and the place where the text goes on.

    They are made of `days` and `hour`. `is_closed`: any text may follow, as after 周五前, 18:00, 3天内.
    """

    moments: tuple[datetime, ...]
    end: int
    days: tuple[date, ...] = ()
    hour: Clock | None = None
    is_closed: bool = False
    gone: date | None = None


# Nobody writes a longer deadline; looking no further keeps the cost of any text small.
_MAX_TEXT_CHARS = 100
# A year beyond is a slip. Of the first and the last year that there are, other moments cannot be computed.
_MAX_YEARS = 100
_SEPARATORS = " \t\r\n\u3000,，:：、;；"


def read(text: str, now: datetime, *, working: Working = USUAL) -> Reading | None:
    """Read a deadline at the start of a text of any length; None where there is none.

    `now` is aware, in the group's zone (a ZoneInfo). A local time that a spring clock change skips is moved forward by
    the skipped time; of a local time that an autumn change repeats, the first is meant. Raises a DeadlineError if there
    is no such moment, and Unclear if a part of it is not understood or it may mean several moments.
    """
    text = plain.bounded(text)
    folded = fold(text)
    line = folded[: len(folded) - len(folded.lstrip()) + _MAX_TEXT_CHARS]
    lead = following.lead(line, 0)
    found = _whole(line, lead.end, now, working)
    if not found:
        following.reject_unread(line, lead)
        return None
    written = text[: found.end].strip()
    if lead.needs_range and not following.was_range(line, lead.end, found.end):
        raise Unclear(written)
    if found.gone:
        raise JustGone(written, found.gone, found.days[0])
    due = _first_after(now, found.moments, written)
    return Reading(due, text[found.end :].lstrip(_SEPARATORS).rstrip(), written)


def _first_after(now: datetime, moments: tuple[datetime, ...], written: str) -> datetime:
    """The first moment after now. Compared in UTC: two moments of one zone compare by their clocks, not in time."""
    if any(abs(due.year - now.year) > _MAX_YEARS for due in moments):
        raise NoSuchDay(written)
    later = (due for due in moments if due.astimezone(UTC) > now.astimezone(UTC))
    if due := next(later, None):
        return due
    raise Past(written, moments[-1])


def _whole(text: str, start: int, now: datetime, working: Working) -> _Found | None:
    """A deadline with all that belongs to it; None if it is only the first word of a title. Raises DeadlineError."""
    found = _one(text, start, now, working)
    if found is None:
        return None
    if last := _last_of_range(text, found, now, working):
        found = last
    found = _with_tail(text, found)
    match following.what(text, found.end, is_closed=found.is_closed):
        case Next.NOUN:
            return None
        case Next.UNCLEAR:
            raise Unclear(text[: found.end].strip())
        case Next.TITLE:
            _check_alone(text, found, now, working)
    return found


def _one(text: str, start: int, now: datetime, working: Working) -> _Found | None:
    if passed := hours.read(text, start, now):
        return _Found((passed.due,), passed.end, is_closed=True)
    return _moment(text, start, now, working)


def _with_tail(text: str, found: _Found) -> _Found:
    end = following.after_tail(text, found.end)
    return found if end == found.end else replace(found, end=end, is_closed=True)


def _check_alone(text: str, found: _Found, now: datetime, working: Working) -> None:
    """Raise Unclear where the title begins with another deadline: 周五 12月5日前 交表."""
    start = following.title(text, found.end)
    if start >= len(text):
        return
    try:
        lead = following.lead(text, start)
        again = _one(text, lead.end, now, working)
    except DeadlineError:
        raise Unclear(text[: found.end].strip()) from None
    if again is None or (again.hour is not None and not again.days and not again.hour.is_exact):
        return
    again = _with_tail(text, again)
    if following.what(text, again.end, is_closed=again.is_closed) is not Next.NOUN:
        raise Unclear(text[: again.end].strip())


# --- a day, a time, or both ------------------------------------------------------------------------------------------


def _moment(text: str, start: int, now: datetime, working: Working) -> _Found | None:
    named = day.read(text, start, now.date(), working)
    if not named:
        return _time_today(text, start, now, working)
    hour = _time_of(text, named.end, working)
    end = hour.end if hour else named.end
    closed = (hour is not None and hour.is_exact) or following.is_closed(text[start:end])
    moments = _moments(named.days, hour, now, working, text[start:end])
    return _Found(moments, end, named.days, hour, closed, named.gone)


def _time_of(text: str, end: int, working: Working) -> Clock | None:
    """The time of day beside a day. Raises Unclear for a part of the day that may belong to the title."""
    start = following.between(text, end)
    hour = clock.read(text, start, working.day_end)
    if hour is None or start == end or hour.is_plain or clock.ends_well(text, hour.end):
        return hour
    raise Unclear(text[: hour.end].strip())


def _time_today(text: str, start: int, now: datetime, working: Working) -> _Found | None:
    hour = clock.read(text, start, working.day_end)
    if not hour or not (hour.stands_alone or following.is_edge(text, hour.end)):
        return None
    today = now.date()
    place = following.english_gap(text, hour.end)
    if place and (named := day.read(text, place, today, working)) and following.is_edge(text, named.end):
        moments = _moments(named.days, hour, now, working, text[start : named.end])
        return _Found(moments, named.end, named.days, hour, is_closed=True, gone=named.gone)
    days = (today, today + timedelta(days=1)) if hour.is_next_night else (today,)
    closed = following.is_closed(hour.written)
    return _Found(_moments(days, hour, now, working, hour.written), hour.end, (), hour, is_closed=closed)


def _moments(
    days: tuple[date, ...], hour: Clock | None, now: datetime, working: Working, written: str
) -> tuple[datetime, ...]:
    """The moments of days at a time; without one at the end of work, or of today, where work is over, at midnight."""
    found: list[datetime] = []
    for each in days:
        usual = (working.day_end, END_OF_DAY) if each == now.date() else (working.day_end,)
        found += [_at(each, since, now.tzinfo, written) for since in (hour.times if hour else usual)]
    return tuple(found)


def _at(each: date, since: timedelta, zone: tzinfo | None, written: str) -> datetime:
    """The moment of a local time; there and back through UTC moves one that the clock skips forward."""
    try:
        return (datetime.combine(each, time()) + since).replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    except OverflowError:
        raise NoSuchDay(written) from None


# --- stretches -------------------------------------------------------------------------------------------------------


def _last_of_range(text: str, first: _Found, now: datetime, working: Working) -> _Found | None:
    """The end of 周三到周五, 12月1日至3日, 9:00-11:00; None where no stretch begins. Raises DeadlineError."""
    place = following.until(text, first.end)
    if place is None or not (first.days or first.hour):
        return None
    begin = first.gone or (first.days[0] if first.days else now.date())
    return _last_day(text, place, begin, now, working) or _last_hour(text, place, first, now, working)


def _last_day(text: str, place: int, begin: date, now: datetime, working: Working) -> _Found | None:
    last = day.until(text, place, begin, now.date(), working)
    if last is None:
        return None
    hour = _time_of(text, last.end, working)
    end = hour.end if hour else last.end
    if last.days[0] < begin:
        raise Unclear(text[:end].strip())
    moments = _moments(last.days[:1], hour, now, working, text[:end])
    return _Found(moments, end, last.days[:1], hour, is_closed=hour is not None and hour.is_exact)


def _last_hour(text: str, place: int, first: _Found, now: datetime, working: Working) -> _Found | None:
    if first.hour is None or not first.hour.is_exact:
        return None
    hour = clock.in_part(first.hour.part, text, place) or clock.read(text, place, working.day_end)
    if hour is None:
        return None
    later = tuple(since for since in hour.times if since > first.hour.times[0])
    if not later or not hour.is_exact:
        raise Unclear(text[: hour.end].strip())
    hour = replace(hour, times=later)
    days = first.days or (now.date(),)
    return _Found(_moments(days, hour, now, working, text[: hour.end]), hour.end, days, hour, is_closed=True)
