"""Days: “明天”, “下周五”, “月底”, “3天内”, “12月5日”, “2026-12-05”, “next Friday”.

A rule is a form and the days that it may mean, likeliest first: “周五” is this week's Friday or, that gone, the next.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from language.deadline import calendar
from language.deadline.calendar import FRIDAY, SUNDAY
from language.deadline.clock import END_OF_DAY, END_OF_WORK
from language.deadline.errors import NoSuchDay
from language.deadline.script import EDGE, NUMBER, number, pattern

Days = tuple[date, ...]
Meaning = Callable[[re.Match[str], date], Days]


@dataclass(frozen=True, slots=True)
class Day:
    """The days that may be meant, likeliest first; where the text goes on; the times meant if none is said."""

    days: Days
    end: int
    times: tuple[timedelta, ...]


_RULES: list[tuple[re.Pattern[str], Meaning]] = []

_WEEK = "个?(?:周|星期|礼拜)"
_NAMES = {name: place % 7 for place, name in enumerate("一二三四五六日1234567")} | {"天": SUNDAY}
_NAME = "[一二三四五六日天1-7]"
_WHICH = {
    "": 0,
    "本": 0,
    "这": 0,
    "今": 0,
    "当": 0,
    "this": 0,
    "下": 1,
    "明": 1,
    "next": 1,
    "下下": 2,
    "后": 2,
    "上": -1,
}
_MONTH = "个?月"
_MONTHS = (
    "jan(uary) feb(ruary) mar(ch) apr(il) may() jun(e) jul(y) aug(ust) sep(tember) oct(ober) nov(ember) dec(ember)"
)
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AFTER = r"(?:之内|以内|内(?![部容训审控勤])|之后|以后|后(?![勤台备天续]))"
_BEFORE = r"(?:之前|以前|前(?![往去台后期进沿线景门述排轴桥]))"


def read(text: str, start: int, today: date) -> Day | None:
    """The day that stands at `start` of a folded text. Raises NoSuchDay."""
    for form, meaning in _RULES:
        if match := form.match(text, start):
            return _dated(match, meaning, today)
    return None


def _dated(match: re.Match[str], meaning: Meaning, today: date) -> Day:
    try:
        days = meaning(match, today)
    except (ValueError, OverflowError):
        raise NoSuchDay(match.group()) from None
    right, end = _checked(match, days)
    return Day(right, end, _TIMES.get(meaning, (END_OF_WORK,)))


# 12月5日（周六）, 5号周六, 下周五（12月11日）: what stands beside a day has to be the same day.
_BESIDE = pattern(
    rf" \( (?:{_WEEK}(?P<name>{_NAME})|(?P<month>{NUMBER}) (?:月|[./-]) (?P<day>{NUMBER}) [日号]?) \)"
    rf"|(?<=[日号])(?<!周日){_WEEK}(?P<near>{_NAME})"
)


def _checked(match: re.Match[str], days: Days) -> tuple[Days, int]:
    beside = _BESIDE.match(match.string, match.end())
    if not beside:
        return days, match.end()
    if not (right := tuple(day for day in days if _agrees(beside, day))):
        raise NoSuchDay(match.string[match.start() : beside.end()])
    return right, beside.end()


def _agrees(beside: re.Match[str], day: date) -> bool:
    if beside["month"]:
        return (number(beside["month"]), number(beside["day"])) == (day.month, day.day)
    return _NAMES[beside["name"] or beside["near"]] == day.weekday()


def _rule(*forms: str) -> Callable[[Meaning], Meaning]:
    """Say that any of these forms has this meaning. Rules are tried in the order in which they stand here."""

    def enter(meaning: Meaning) -> Meaning:
        _RULES.extend((pattern(form), meaning) for form in forms)
        return meaning

    return enter


# --- spans -----------------------------------------------------------------------------------------------------------


@_rule(
    rf"(?P<n>{NUMBER}) (?P<unit>天|日|{_WEEK}|个月|年) {_AFTER}",
    r"(?:in|within) (?P<n>[0-9]{1,3}|an?) (?P<unit>day|week|month|year)s?\b",
)
def _span(match: re.Match[str], today: date) -> Days:
    count = 1 if match["n"].lower() in {"a", "an"} else number(match["n"])
    unit = match["unit"].lower()
    if unit in {"个月", "month", "年", "year"}:
        return (calendar.later_by_months(today, count * (12 if unit in {"年", "year"} else 1)),)
    return (today + timedelta(days=count * (1 if unit in {"天", "日", "day"} else 7)),)


@_rule(rf"半个?(?P<unit>月|年) {_AFTER}")
def _half_span(match: re.Match[str], today: date) -> Days:
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
    "tomorrow": 1,
    "后": 2,
    "the day after tomorrow": 2,
    "大后": 3,
}


@_rule(
    r"(?P<day>大后|前|昨|今|当|明|后)(?:天|日(?!常)|(?<![当前])(?=[早晚晨]))",
    r"(?P<day>yesterday|today|the day after tomorrow|tomorrow)\b",
)
def _from_today(match: re.Match[str], today: date) -> Days:
    return (today + timedelta(days=_FROM_TODAY[match["day"].lower()]),)


@_rule(r"(?=tonight\b)")
def _tonight(_: re.Match[str], today: date) -> Days:
    return (today,)


# --- weeks -----------------------------------------------------------------------------------------------------------


@_rule(
    rf"(?P<which>下下|下|本|这|上){_WEEK}的?(?:{_WEEK})?(?P<name>{_NAME})",
    rf"(?P<which>)(?:周|星期|礼拜)(?P<name>{_NAME})",
)
def _weekday(match: re.Match[str], today: date) -> Days:
    return _one_or_coming(match["which"], lambda weeks: calendar.week_day(today, weeks, _NAMES[match["name"]]))


@_rule(rf"(?P<which>(?:this|next) )?(?P<name>{'|'.join(_ENGLISH)})\b")
def _english_weekday(match: re.Match[str], today: date) -> Days:
    name = _ENGLISH.index(match["name"].lower())
    which = (match["which"] or "").strip().lower()
    return _one_or_coming(which, lambda weeks: calendar.week_day(today, weeks, name))


@_rule(rf"(?P<which>下下|下|本|这|){_WEEK}末(?P<before>{_BEFORE})?", r"(?P<which>this|next|) weekend(?P<before>)\b")
def _weekend(match: re.Match[str], today: date) -> Days:
    """The Sunday; before the weekend is the Friday."""
    name = FRIDAY if match["before"] else SUNDAY
    return _one_or_coming(match["which"].lower(), lambda weeks: calendar.week_day(today, weeks, name))


@_rule(rf"(?P<which>下下|下|本|这){_WEEK} {_BEFORE}")
def _before_week(match: re.Match[str], today: date) -> Days:
    return (calendar.week_day(today, _WHICH[match["which"]] - 1, SUNDAY),)


@_rule(
    rf"(?P<which>下下|下|本|这){_WEEK}(?: {_AFTER}|{EDGE})",
    r"(?P<which>this|next) week\b",
    r"(?P<which>)(?:the )?end of (?:the )?week\b",
)
def _within_week(match: re.Match[str], today: date) -> Days:
    """The Friday, the last of the five working days; that gone, what is left of the week."""
    weeks = _WHICH[match["which"].lower()]
    return (calendar.week_day(today, weeks, FRIDAY), calendar.week_day(today, weeks, SUNDAY))


def _one_or_coming(which: str, day: Callable[[int], date]) -> Days:
    """The day of the named week, month or year; of this one or the next where none is named."""
    return (day(_WHICH[which]),) if which else (day(0), day(1))


# --- months, quarters, years -----------------------------------------------------------------------------------------

_WHICH_MONTH = r"(?P<which>下下|下|本|这|当|)"
_YEAR = r"(?:(?P<year>[0-9]{4}|[零一二三四五六七八九]{4}|今|明|后|本) 年 )?"
_TENTH = {"上旬": 10, "中旬": 20, "中": 15}


@_rule(rf"{_WHICH_MONTH}{_MONTH}(?:底|末|下旬)", r"(?P<which>)(?:the )?end of (?:the )?month\b")
def _month_end(match: re.Match[str], today: date) -> Days:
    return _one_or_coming(match["which"], lambda months: calendar.month_end(today, months))


@_rule(rf"{_WHICH_MONTH}{_MONTH}(?P<part>上旬|中旬|中(?=[\s前之]|$))")
def _month_part(match: re.Match[str], today: date) -> Days:
    day = _TENTH[match["part"]]
    return _one_or_coming(match["which"], lambda months: calendar.month_day(today, months, day))


@_rule(rf"(?P<which>下下|下|本|这){_MONTH} {_BEFORE}")
def _before_month(match: re.Match[str], today: date) -> Days:
    return (calendar.month_end(today, _WHICH[match["which"]] - 1),)


@_rule(rf"(?P<which>下下|下|本|这|当){_MONTH} (?P<day>{NUMBER}) [日号]")
def _day_of_named_month(match: re.Match[str], today: date) -> Days:
    return (calendar.month_day(today, _WHICH[match["which"]], number(match["day"])),)


@_rule(rf"(?P<which>下下|下|本|这|当){_MONTH}(?: {_AFTER}|{EDGE})", r"(?P<which>this|next) month\b")
def _within_month(match: re.Match[str], today: date) -> Days:
    return (calendar.month_end(today, _WHICH[match["which"].lower()]),)


@_rule(r"(?P<which>本|这|下|)个?(?:季度|季)(?:末|底)")
def _quarter_end(match: re.Match[str], today: date) -> Days:
    return _one_or_coming(match["which"], lambda quarters: calendar.quarter_end(today, quarters))


@_rule(
    r"(?P<which>今|本|明|后|)年(?:年?底|末|年?终)|(?P<within>今|本)年 内(?!部)",
    r"(?P<which>)(?:the )?end of (?:the )?year\b",
)
def _year_end(match: re.Match[str], today: date) -> Days:
    which = match["which"] or match.groupdict().get("within") or ""
    return _one_or_coming(which, lambda years: date(today.year + years, 12, 31))


# --- dates -----------------------------------------------------------------------------------------------------------


@_rule(
    rf"{_YEAR}(?P<month>{NUMBER}) 月 (?P<day>{NUMBER}) (?:日|号)",
    rf"{_YEAR}(?P<month>{NUMBER}) 月 (?P<day>{NUMBER}){EDGE}",
    r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
    r"(?P<year>(?:19|20|21)[0-9]{2})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9])T?",
    rf"(?P<year>)(?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12][0-9]|3[01]){EDGE}",
)
def _date(match: re.Match[str], today: date) -> Days:
    month, day = number(match["month"]), number(match["day"])
    if not match["year"]:
        return (calendar.coming(today, month, day),)
    return (date(_year(match["year"], today), month, day),)


@_rule(rf"{_YEAR}(?P<month>{NUMBER}) 月(?:份)? (?:(?P<part>上旬|中旬)|下旬|底|末|内(?!部)|份(?=\s|$))")
def _part_of_month(match: re.Match[str], today: date) -> Days:
    month = number(match["month"])
    year = _year(match["year"], today) if match["year"] else today.year + (month < today.month)
    first = date(year, month, 1)
    return (first.replace(day=_TENTH[match["part"]]) if match["part"] else calendar.month_end(first, 0),)


@_rule(rf"(?P<month>{_MONTHS.replace(')', ')?').replace(' ', '|')})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b")
def _english_date(match: re.Match[str], today: date) -> Days:
    month = 1 + [name[:3] for name in _MONTHS.split()].index(match["month"][:3].lower())
    return (calendar.coming(today, month, int(match["day"])),)


@_rule(rf"(?P<day>{NUMBER}) [日号]{EDGE}")
def _day_of_month(match: re.Match[str], today: date) -> Days:
    day = number(match["day"])
    return (calendar.month_day(today, int(day < today.day), day),)


_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "七一": (7, 1), "八一": (8, 1), "国庆": (10, 1), "十一": (10, 1)}


@_rule(rf"(?P<feast>{'|'.join(_FEASTS)})节? {_BEFORE}")
def _before_feast(match: re.Match[str], today: date) -> Days:
    """The day before a feast, whose own day is a holiday."""
    month, day = _FEASTS[match["feast"]]
    return (calendar.coming(today + timedelta(days=1), month, day) - timedelta(days=1),)


def _year(written: str, today: date) -> int:
    return today.year + _WHICH[written] if written in _WHICH else number(written)


# “今天”, said in the evening, is until midnight.
_TIMES: dict[Meaning, tuple[timedelta, ...]] = {_from_today: (END_OF_WORK, END_OF_DAY)}
