"""Days away as people write them: “到周五”, “11-24 至 11-30”, “明天”, “从下周一起”, “until Friday”."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plain
from language.deadline import calendar, day
from language.deadline.script import fold, pattern

MAX_TEXT_CHARS = 100  # characters that are looked at
JUST_GONE = timedelta(days=300)  # a day without its year that is so far ahead has just passed
FROM = pattern(r" (?:从|自|from\b|since\b)? ")
UNTIL = pattern(r" (?:一?直?[到至]|until\b|till\b|to\b|through\b|[-~—–]+|,)? ")
BETWEEN = re.compile(r" *+(?P<until>[到至~—–]) *+")  # a day of the month ends where a blank follows
DASH = re.compile(
    r"(?<=[./月][0-9]{1})-(?=[0-9])|(?<=[./月][0-9]{2})-(?=[0-9])|(?<=[日号一二三四五六天])-"
)  # 11.24-11.30
DAY_ALONE = re.compile(r" *+[0-9]{1,2} *+[日号] *+")
ONLY_UNTIL = pattern(r" (?:一?直?[到至]|until\b|till\b|to\b|through\b) ")
ON = pattern(r" (?:起|开始|以后|之后|onwards?\b|on\b)")
BACK = pattern(r" (?:销假|回来|返岗|上班|结束|取消|back\b|end\b|off\b|cancel\b)")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day away; no last one where nobody knows it."""

    first: date
    last: date | None


def is_back(text: str) -> bool:
    """Whether a text says that somebody is there again."""
    return BACK.match(fold(plain.bounded(text, MAX_TEXT_CHARS))) is not None


def read(text: str, today: date) -> Span | None:
    """The days away at the start of a text; `None` where there are none. Raises deadline.NoSuchDay."""
    words = BETWEEN.sub(r" \g<until> ", DASH.sub(" - ", fold(plain.bounded(text, MAX_TEXT_CHARS))))
    only = ONLY_UNTIL.match(words)
    if only:
        found = day.read(words, only.end(), today)
        return Span(today, _first_from(today, found.days)) if found else None
    start = FROM.match(words)
    found = day.read(words, start.end() if start else 0, today)
    if found is None:
        return None
    first = _first_from(today, found.days)
    if first - today > JUST_GONE:
        first = _year_before(first)
    if ON.match(words, found.end):
        return Span(first, None)
    between = UNTIL.match(words, found.end)
    last = between and _last(words, between.end(), first, today)
    if last and DAY_ALONE.fullmatch(words, start.end() if start else 0, found.end):  # the 24th to the 30th, on the 25th
        earlier = calendar.later_by_months(first, -1)
        nearer = between and _last(words, between.end(), earlier, today)
        if nearer and nearer < first and nearer >= today:
            return Span(earlier, nearer)
    return Span(first, last or first)


def _last(words: str, start: int, first: date, today: date) -> date | None:
    """A day that ends a leave: as it is meant today, or where that is too early, as seen from the first day."""
    found = day.read(words, start, today)
    if found is None:
        return None
    last = _first_from(first, found.days)
    if last >= first:
        return last
    again = day.read(words, start, first)
    return _first_from(first, again.days) if again else None


def _first_from(start: date, days: Sequence[date]) -> date:
    """The likeliest day that is not before another; else the likeliest."""
    return next((one for one in days if one >= start), days[0])


def _year_before(one: date) -> date:
    try:
        return one.replace(year=one.year - 1)
    except ValueError:  # the 29th of February
        return one.replace(year=one.year - 1, day=28)
