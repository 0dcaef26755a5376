"""Days: “明天”, “下周五”, “月底”, “3天内”, “12月5日”, “2026-12-05”, “next Friday”.

A rule has a form and the days that it may mean, the likeliest first: “周五” is this week's Friday, or, if that has
passed, next week's.
The rules for months, years, dates and feasts are in `dates`, those that look at workdays in `workdays`.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from language.deadline import calendar, dates, workdays
from language.deadline.calendar import FRIDAY, SUNDAY
from language.deadline.errors import JustGone, NoCalendar, NoSuchDay
from language.deadline.lunar import UnknownFeast
from language.deadline.rules import WEEK, WEEKDAY, WEEKDAYS, WHICH, Days, Meaning, Rules, one_or_coming
from language.deadline.script import AFTER, BEFORE, EDGE, NUMBER, WITHIN, number, pattern
from language.deadline.working import USUAL, UnknownYear, Working


@dataclass(frozen=True, slots=True)
class Day:
    """The days that a text may mean, the likeliest first, and the place where the text goes on.

    `gone` is another meaning of a date without a year: this year's day, which has just passed.
    """

    days: Days
    end: int
    gone: date | None = None


rules = Rules()
_rule = rules.add


def read(text: str, start: int, today: date, working: Working = USUAL) -> Day | None:
    """The day that stands at `start` of a folded text. Raises NoSuchDay, NoCalendar."""
    for form, meaning in _ALL:
        if match := form.match(text, start):
            return _dated(match, meaning, today, working)
    return None


def until(text: str, start: int, first: date, today: date, working: Working = USUAL) -> Day | None:
    """The last day of a range that begins on `first`, read from today, or from `first` if it would be too early.

    The result has one day. Raises NoSuchDay, NoCalendar, JustGone.
    """
    found = read(text, start, today, working) or _shorthand(text, start, first)
    if found is None:
        return None
    if found.gone and found.gone >= first:
        return Day((found.gone,), found.end)
    if found.gone:
        raise JustGone(text[start : found.end].strip(), found.gone, found.days[0])
    last = next((one for one in found.days if one >= first), None)
    if last is None:
        again = read(text, start, first, working)
        last = next((one for one in again.days if one >= first), found.days[0]) if again else found.days[0]
    return Day((last,), found.end)


_DAY_ONLY = pattern(rf"(?P<day>{NUMBER}) 日")
_BARE = pattern(rf"(?:{WEEK})?(?P<name>[一二三四五六日天])(?=\s|$|{BEFORE}|[,;:。|)])")


def _shorthand(text: str, start: int, first: date) -> Day | None:
    """The 五 of 周三至五, the 3日 of 12月1日至3日共三天. Raises NoSuchDay."""
    if dated := _DAY_ONLY.match(text, start):
        day = number(dated["day"])
        try:
            return Day((calendar.month_day(first, int(day < first.day), day),), dated.end())
        except ValueError:
            raise NoSuchDay(text[: dated.end()].strip()) from None
    match = _BARE.match(text, start)
    if not match:
        return None
    ahead = (WEEKDAYS[match["name"]] - first.weekday()) % 7
    return Day((first + timedelta(days=ahead),), match.end())


def _dated(match: re.Match[str], meaning: Meaning, today: date, working: Working) -> Day:
    gone = None
    try:
        days = meaning(match, today, working)
    except calendar.Gone as found:
        days, gone = (found.later,), found.day
    except (UnknownYear, UnknownFeast):
        raise NoCalendar(match.group()) from None
    except (ValueError, OverflowError):
        raise NoSuchDay(match.group()) from None
    right, end = _checked(match, (*days, gone) if gone else days)
    if gone and right != (*days, gone):
        gone = None
    return Day(days if gone else right, end, gone)


# 12月5日（周六）, 5号周六, 下周五（12月11日）, 周六 12月5日: two ways to write a day have to mean the same day.
_BESIDE = pattern(
    rf" \( (?:{WEEK}(?P<name>{WEEKDAY})|(?P<month>{NUMBER}) (?:月|[./-]) (?P<day>{NUMBER}) [日号]?) \)"
    rf"|(?<=[日号])(?<!周日){WEEK}(?P<near>{WEEKDAY})(?!{WEEKDAY})"
    rf"|(?<=[日号])(?<!周日)[\x20,] (?:周|星期|礼拜)(?P<far>{WEEKDAY})(?={EDGE}|\x20[0-9])"
    rf"|(?<=[周期拜][一二三四五六日天])[\x20,]? (?P<months>{NUMBER}) 月 (?P<days>{NUMBER}) [日号](?={EDGE}|\x20?[0-9])"
)


def _checked(match: re.Match[str], days: Days) -> tuple[Days, int]:
    beside = _BESIDE.match(match.string, match.end())
    if not beside:
        return days, match.end()
    if not (right := tuple(day for day in days if _agrees(beside, day))):
        raise NoSuchDay(match.string[match.start() : beside.end()])
    return right, beside.end()


def _agrees(beside: re.Match[str], day: date) -> bool:
    month, number_of_day = beside["month"] or beside["months"], beside["day"] or beside["days"]
    if month:
        return (number(month), number(number_of_day)) == (day.month, day.day)
    return WEEKDAYS[beside["name"] or beside["near"] or beside["far"]] == day.weekday()


# --- spans -----------------------------------------------------------------------------------------------------------


@_rule(
    rf"(?P<n>{NUMBER}) {WEEK}(?:之后|以后|后)的?{WEEK}(?P<name>{WEEKDAY})(?!{WEEKDAY})",
)
def _weekday_after_weeks(match: re.Match[str], today: date, _: Working) -> Days:
    """两周后的周五: the Friday of the week after next."""
    return (calendar.week_day(today, number(match["n"]), WEEKDAYS[match["name"]]),)


@_rule(
    rf"(?P<n>{NUMBER}) (?P<unit>天|日|{WEEK}|个月|年) (?:{WITHIN}|{AFTER})",
    r"(?:in|within) (?:the next )?(?P<n>[0-9]{1,3}|an?|one|two|three|four|five|six|seven|ten)[\x20-](?P<unit>day"
    r"|week|month|year)s?\b",
)
def _span(match: re.Match[str], today: date, _: Working) -> Days:
    count = english_number(match["n"])
    unit = match["unit"].lower()
    if unit in {"个月", "month", "年", "year"}:
        return (calendar.later_by_months(today, count * (12 if unit in {"年", "year"} else 1)),)
    return (today + timedelta(days=count * (1 if unit in {"天", "日", "day"} else 7)),)


_ENGLISH_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10
}  # fmt: skip


def english_number(written: str) -> int:
    """A number in digits, Chinese numerals, or as an English word below eleven."""
    return _ENGLISH_NUMBERS.get(written.lower()) or number(written)


@_rule(rf"半个?(?P<unit>月|年) (?:{WITHIN}|{AFTER})")
def _half_span(match: re.Match[str], today: date, _: Working) -> Days:
    return (today + timedelta(days=15) if match["unit"] == "月" else calendar.later_by_months(today, 6),)


# --- days from today -------------------------------------------------------------------------------------------------

_FROM_TODAY = {
    "前": -2,
    "昨": -1,
    "yesterday": -1,
    "今": 0,
    "当": 0,
    "today": 0,
    "明": 1,
    "次": 1,
    "翌": 1,
    "tomorrow": 1,
    "后": 2,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "大后": 3,
}


@_rule(
    r"(?P<day>大后|前|昨|今|当|明|后|次|翌)(?:天|日(?!常|志|报)|儿个?|个儿|(?<=[今明后昨])(?=[早晚晨夜])"
    r"|(?<=当)(?=[晚夜]))",
    r"(?P<day>yesterday|today|(?:the )?day after tomorrow|tomorrow)\b(?![’'-])",
)
def _from_today(match: re.Match[str], today: date, _: Working) -> Days:
    return (today + timedelta(days=_FROM_TODAY[match["day"].lower()]),)


@_rule(r"(?=tonight\b)")
def _tonight(_: re.Match[str], today: date, __: Working) -> Days:
    return (today,)


# --- weeks -----------------------------------------------------------------------------------------------------------

_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = "mon|tues?|wed|thur?s?|fri|sat|sun"
_ALONE = r"(?P<name>[一二三四五六日天](?![一二三四五六日天](?!点|时|十|号|月|早))|[1-7](?![0-9]))"


@_rule(
    rf"(?P<which>下下|下|本|这|上)一?{WEEK}的?(?:{WEEK})?{_ALONE}",
    rf"(?P<which>)(?:周|星期|礼拜){_ALONE}",
)
def _weekday(match: re.Match[str], today: date, _: Working) -> Days:
    return one_or_coming(match["which"], lambda weeks: calendar.week_day(today, weeks, WEEKDAYS[match["name"]]))


@_rule(rf"(?P<which>(?:this|next|the coming) )?(?P<name>{'|'.join(_ENGLISH)}|(?:{_SHORT})(?![a-z]))\b\.?(?![’'])")
def _english_weekday(match: re.Match[str], today: date, _: Working) -> Days:
    name = [name[:3] for name in _ENGLISH].index(match["name"][:3].lower())
    which = (match["which"] or "").strip().lower()
    return one_or_coming("" if which == "the coming" else which, lambda weeks: calendar.week_day(today, weeks, name))


@_rule(
    rf"(?P<which>下下|下|本|这|){WEEK}末(?P<before>{BEFORE})?",
    r"(?P<which>this|next|the|) weekend(?P<before>)\b(?![’'-])",
)
def _weekend(match: re.Match[str], today: date, _: Working) -> Days:
    """The Sunday; before the weekend is the Friday."""
    name = FRIDAY if match["before"] else SUNDAY
    which = match["which"].lower()
    return one_or_coming("" if which == "the" else which, lambda weeks: calendar.week_day(today, weeks, name))


@_rule(rf"(?P<which>下下|下|本|这){WEEK} {BEFORE}")
def _before_week(match: re.Match[str], today: date, _: Working) -> Days:
    return (calendar.week_day(today, WHICH[match["which"]] - 1, SUNDAY),)


@_rule(
    rf"(?P<which>下下|下|本|这){WEEK}(?: {WITHIN}|{EDGE})",
    r"(?P<which>this|next) week\b(?![’'-])",
    r"(?P<which>)(?:the )?end of (?:the |this )?week\b",
    rf"(?P<which>){WEEK}{WITHIN}",
)
def _within_week(match: re.Match[str], today: date, _: Working) -> Days:
    """The Friday, or the Sunday if Friday has passed."""
    weeks = WHICH[match["which"].lower()]
    return (calendar.week_day(today, weeks, FRIDAY), calendar.week_day(today, weeks, SUNDAY))


@_rule(r"end of next week\b")
def _end_of_next_week(_: re.Match[str], today: date, __: Working) -> Days:
    return (calendar.week_day(today, 1, FRIDAY),)


_ALL = (*workdays.RULES, *rules.all, *dates.RULES)
