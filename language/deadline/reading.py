"""A deadline at the start of a text: a day, a time, or a stretch of time from now."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import plain
from language.deadline import clock, day
from language.deadline.errors import NoSuchDay, Past
from language.deadline.script import EDGE, NUMERAL, fold, number, pattern


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
    """The moments that may be meant, likeliest first, and where the text goes on."""

    moments: tuple[datetime, ...]
    end: int


# Nobody writes a longer deadline; looking no further keeps the cost of any text small.
_MAX_TEXT_CHARS = 100
_LEAD = pattern(
    r" (?:请? (?:务必)? (?:于|在)|截[止至](?:时间|日期)? :? (?:到|至|于)?|最[迟晚] (?:于|在)?"
    r"|(?:by|before|until|due|on)\b(?: on\b)? :?)? "
)
# 明天前往总部, 周五内部培训: the syllable belongs to the next word.
_TAIL = pattern(
    r" (?:之前|以前|前(?![往去台后期进沿线景门述排轴桥])|之内|以内|内(?![部容训审控勤])|为止|截止|截至|止(?!损))?"
)
_EDGE = pattern(EDGE)
_BETWEEN = pattern(r" (?:的|,|at\b)? ")
_SEPARATORS = " \t\r\n\u3000,，:：、;；"


def read(text: str, now: datetime) -> Reading | None:
    """Read a deadline at the start of a text of any length; None where there is none.

    `now` is aware, in the group's zone (a ZoneInfo). A local time that a spring clock change skips is moved forward by
    what the clock skips; of one that an autumn change repeats, the first is meant. Raises Past, NoSuchDay, NoSuchTime.
    """
    text = plain.bounded(text)
    folded = fold(text)
    line = folded[: len(folded) - len(folded.lstrip()) + _MAX_TEXT_CHARS]
    start = _after(_LEAD, line, 0)
    found = _span(line, start, now) or _moment(line, start, now)
    if not found:
        return None
    end = _after(_TAIL, line, found.end)
    written = text[:end].strip()
    due = _first_after(now, found.moments, written)
    return Reading(due, text[end:].lstrip(_SEPARATORS).rstrip(), written)


def _after(form: re.Pattern[str], text: str, start: int) -> int:
    match = form.match(text, start)
    return match.end() if match else start


def _first_after(now: datetime, moments: tuple[datetime, ...], written: str) -> datetime:
    """The first moment after now. Compared in UTC: two moments of one zone compare by their clocks, not in time."""
    later = (due for due in moments if due.astimezone(UTC) > now.astimezone(UTC))
    if due := next(later, None):
        return due
    raise Past(written, moments[-1])


# --- a day, a time, or both ------------------------------------------------------------------------------------------


def _moment(text: str, start: int, now: datetime) -> _Found | None:
    named = day.read(text, start, now.date())
    if not named:
        return _time_today(text, start, now)
    hour = clock.read(text, _after(_BETWEEN, text, named.end))
    times, end = (hour.times, hour.end) if hour else (named.times, named.end)
    return _Found(_moments(named.days, times, now.tzinfo, text[start:end]), end)


def _time_today(text: str, start: int, now: datetime) -> _Found | None:
    hour = clock.read(text, start)
    if not hour or not (hour.stands_alone or _EDGE.match(text, hour.end)):
        return None
    return _Found(_moments((now.date(),), hour.times, now.tzinfo, hour.written), hour.end)


def _moments(
    days: tuple[date, ...], times: tuple[timedelta, ...], zone: tzinfo | None, written: str
) -> tuple[datetime, ...]:
    try:
        return tuple(_existing(datetime.combine(each, time()) + since, zone) for each in days for since in times)
    except OverflowError:
        raise NoSuchDay(written) from None


def _existing(local: datetime, zone: tzinfo | None) -> datetime:
    """The moment of a local time; there and back through UTC moves one that the clock skips forward."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


# --- hours and minutes from now --------------------------------------------------------------------------------------

_MINUTES = {"分": 1, "刻": 15, "小": 60, "钟": 60, "h": 60, "m": 1}
_AFTER_NOW = r"(?:之内|以内|内(?![部容训审控勤])|之后|以后|后(?![勤台备续]))"
_SPANS = (
    pattern(
        rf"(?P<n>半|[0-9]{{1,4}}(?P<tenth>\.5)?|{NUMERAL}) 个?(?P<half>半)? "
        rf"(?P<unit>分钟|分|刻钟|小时|钟头|h) {_AFTER_NOW}"
    ),
    pattern(r"(?:in|within) (?P<n>[0-9]{1,4}|an?)(?P<tenth>\.5)?(?P<half>) (?P<unit>hour|minute|min|h|m)s?\b"),
)


def _span(text: str, start: int, now: datetime) -> _Found | None:
    match = next(filter(None, (form.match(text, start) for form in _SPANS)), None)
    if not match:
        return None
    due = now.astimezone(UTC) + timedelta(minutes=_count(match) * _MINUTES[match["unit"][0].lower()])
    return _Found((due.astimezone(now.tzinfo),), match.end())


def _count(match: re.Match[str]) -> float:
    half = 0.5 if match["tenth"] or match["half"] else 0.0
    written = match["n"].removesuffix(".5").lower()
    if written == "半":
        return 0.5
    return half + (1 if written in {"a", "an"} else number(written))
