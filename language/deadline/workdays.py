"""Days that are counted: “2个工作日内”, “本月最后一个工作日”, “11月最后一个周五”."""

import re
from datetime import date, timedelta

from language.deadline import calendar
from language.deadline.rules import MONTH, WEEK, WEEKDAY, WEEKDAYS, WHICH, Days, Rules
from language.deadline.script import AFTER, NUMBER, WITHIN, number
from language.deadline.working import Working

_rules = Rules()
_rule = _rules.add
# The period in which a day is the last one, or the first.
_STRETCH = (
    rf"(?:(?P<which>本|这|当|下下|下){MONTH}|(?:(?P<year>[0-9]{{4}}|今|明) 年 )?(?P<month>{NUMBER}) 月份?"
    r"|(?P<whole>今|本|明) 年"
    rf"|(?P<week>本|这|下){WEEK})(?:份|里|内|中|之?内)?的?"
)
_PLACE = rf"(?:(?P<last>最后)(?:的?一)?个?|第(?P<n>{NUMBER})个?)"


@_rule(
    rf"(?P<n>{NUMBER}) 个?工作日 (?:{WITHIN}|{AFTER})",
    r"(?:in|within) (?P<n>[0-9]{1,2}|a|one|two|three|five|ten) (?:business|working|work)[\x20-]?days?\b",
)
def _workdays(match: re.Match[str], today: date, working: Working) -> Days:
    return (working.after(today, _COUNTS.get(match["n"].lower()) or number(match["n"])),)


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "five": 5, "ten": 10}


@_rule(r"(?:下一?个|次)工作日(?!报)", r"next (?:business|working) day\b")
def _next_workday(_: re.Match[str], today: date, working: Working) -> Days:
    return (working.after(today, 1),)


@_rule(rf"{_STRETCH}{_PLACE}工作日")
def _workday_of(match: re.Match[str], today: date, working: Working) -> Days:
    first, last = _stretch(match, today)
    if match["last"]:
        return (working.last(first, last),)
    return (_within(working.after(first - timedelta(days=1), number(match["n"])), last),)


@_rule(rf"{_STRETCH}{_PLACE}{WEEK}(?P<name>{WEEKDAY})(?!{WEEKDAY})")
def _weekday_of(match: re.Match[str], today: date, _: Working) -> Days:
    first, last = _stretch(match, today)
    name = WEEKDAYS[match["name"]]
    if match["last"]:
        return (last - timedelta(days=(last.weekday() - name) % 7),)
    begin = first + timedelta(days=(name - first.weekday()) % 7)
    return (_within(begin + timedelta(weeks=number(match["n"]) - 1), last),)


@_rule(rf"{_STRETCH}(?P<last>最后)的?一?天", rf"{_STRETCH}第(?P<n>{NUMBER})天")
def _day_of(match: re.Match[str], today: date, _: Working) -> Days:
    first, last = _stretch(match, today)
    if match.groupdict().get("last"):
        return (last,)
    return (_within(first + timedelta(days=number(match["n"]) - 1), last),)


def _stretch(match: re.Match[str], today: date) -> tuple[date, date]:
    """The first and the last day of the period. Raises ValueError if there is no such month."""
    if match["which"]:
        months = WHICH[match["which"]]
        return calendar.month_day(today, months, 1), calendar.month_end(today, months)
    if match["whole"]:
        year = today.year + WHICH[match["whole"]]
        return date(year, 1, 1), date(year, 12, 31)
    if match["week"]:
        weeks = WHICH[match["week"]]
        return calendar.week_day(today, weeks, 0), calendar.week_day(today, weeks, calendar.SUNDAY)
    month = number(match["month"])
    year = calendar.year(match["year"], today) if match["year"] else today.year + (month < today.month)
    first = date(year, month, 1)
    return first, calendar.month_end(first, 0)


def _within(day: date, last: date) -> date:
    if day > last:
        raise ValueError(day)
    return day


RULES = tuple(_rules.all)
