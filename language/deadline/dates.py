"""Months, quarters, years, dates and feasts: “月底”, “二季度末”, “年内”, “12月5日”, “2026-12-05”, “春节前”."""

import re
from datetime import date, timedelta

from language.deadline import calendar, lunar
from language.deadline.rules import MONTH, WHICH, Days, Rules, one_or_coming
from language.deadline.script import BEFORE, EDGE, NUMBER, WITHIN, number
from language.deadline.working import Working

_rules = Rules()
_rule = _rules.add

# --- months, quarters, years -----------------------------------------------------------------------------------------

_WHICH_MONTH = r"(?P<which>下下|下|本|这|当|)"
_YEAR = r"(?:(?P<year>[0-9]{4}|[0-9]{2}|[零一二三四五六七八九]{4}|今|明|后|本) 年 )?"
_TENTH = {"上旬": 10, "中旬": 20, "中": 15}
_MONTHS = (
    "jan(uary) feb(ruary) mar(ch) apr(il) may() jun(e) jul(y) aug(ust) sep(t|tember) oct(ober) nov(ember) dec(ember)"
)
_MONTH_NAME = _MONTHS.replace(")", ")?").replace(" ", "|").replace("(", "(?:")


@_rule(
    rf"{_WHICH_MONTH}{MONTH}(?:底|末|下旬)",
    r"(?P<which>)(?:the )?end of (?:the |this )?month\b",
    rf"(?P<which>)月{WITHIN}",
)
def _month_end(match: re.Match[str], today: date, _: Working) -> Days:
    return one_or_coming(match["which"], lambda months: calendar.month_end(today, months))


@_rule(rf"{_WHICH_MONTH}{MONTH}(?P<part>上旬|中旬|中(?=[\s之]|{BEFORE}|$))")
def _month_part(match: re.Match[str], today: date, _: Working) -> Days:
    day = _TENTH[match["part"]]
    return one_or_coming(match["which"], lambda months: calendar.month_day(today, months, day))


@_rule(rf"(?P<which>下下|下|本|这){MONTH} {BEFORE}")
def _before_month(match: re.Match[str], today: date, _: Working) -> Days:
    return (calendar.month_end(today, WHICH[match["which"]] - 1),)


@_rule(rf"(?P<which>下下|下|本|这|当){MONTH}的? (?P<day>{NUMBER}) [日号]")
def _day_of_named_month(match: re.Match[str], today: date, _: Working) -> Days:
    return (calendar.month_day(today, WHICH[match["which"]], number(match["day"])),)


@_rule(rf"(?P<which>下下|下|本|这|当){MONTH}(?: {WITHIN}|{EDGE})", r"(?P<which>this|next) month\b(?![’'-])")
def _within_month(match: re.Match[str], today: date, _: Working) -> Days:
    return (calendar.month_end(today, WHICH[match["which"].lower()]),)


@_rule(r"(?:the )?end of next month\b")
def _end_of_next_month(_: re.Match[str], today: date, __: Working) -> Days:
    return (calendar.month_end(today, 1),)


@_rule(
    rf"(?P<which>本|这|下|)个?(?:季度|季)(?:末|底|{WITHIN})",
    r"(?P<which>)(?:the )?end of (?:the |this )?quarter\b",
)
def _quarter_end(match: re.Match[str], today: date, _: Working) -> Days:
    return one_or_coming(match["which"], lambda quarters: calendar.quarter_end(today, quarters))


_QUARTERS = {name: place % 4 + 1 for place, name in enumerate("一二三四1234")}


@_rule(
    rf"(?:(?P<year>[0-9]{{4}}|今|明|本) 年 )?(?:第?(?P<n>[一二三四1-4])季度?|Q(?P<q>[1-4]))(?:末"
    rf"|底|{WITHIN}|结束{BEFORE}|(?=截止|截至))"
)
def _end_of_quarter(match: re.Match[str], today: date, _: Working) -> Days:
    month = 3 * _QUARTERS[match["n"] or match["q"]]
    return _end_of(month, match["year"], today)


@_rule(rf"(?:(?P<year>[0-9]{{4}}|今|明|本) 年 )?(?P<half>上|下)半年(?:末|底|{WITHIN})")
def _half_year_end(match: re.Match[str], today: date, _: Working) -> Days:
    return _end_of(6 if match["half"] == "上" else 12, match["year"], today)


def _end_of(month: int, year: str | None, today: date) -> Days:
    """The end of a month; without a year the next one. Raises Gone where it has just gone by."""
    if year:
        return (calendar.month_end(date(calendar.year(year, today), month, 1), 0),)
    return (calendar.coming_part(today, month, None),)


@_rule(
    rf"(?P<which>今|本|明|后|)年(?:年?底|末|年?终(?!奖))|(?P<within>今|本|明|)年 {WITHIN}",
    r"(?P<which>)(?:the )?end of (?:the |this )?year\b|(?P<within>)year[\x20-]?end\b",
    rf"(?P<which>[0-9]{{4}}) 年(?:年?底|末|{WITHIN})(?P<within>)",
)
def _year_end(match: re.Match[str], today: date, _: Working) -> Days:
    which = match["which"] or match["within"] or ""
    if which.isdecimal():
        return (date(number(which), 12, 31),)
    return one_or_coming(which, lambda years: date(today.year + years, 12, 31))


@_rule(rf"(?P<year>明|[0-9]{{4}}) 年 {BEFORE}")
def _before_year(match: re.Match[str], today: date, _: Working) -> Days:
    return (date(calendar.year(match["year"], today) - 1, 12, 31),)


# --- dates -----------------------------------------------------------------------------------------------------------


@_rule(
    rf"{_YEAR}(?P<month>{NUMBER}) 月 (?P<day>{NUMBER}) (?:日|号)",
    rf"{_YEAR}(?P<month>{NUMBER}) 月 (?P<day>{NUMBER}){EDGE}",
    r"(?P<year>20[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])",
    r"(?P<year>(?:19|20|21)[0-9]{2})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})(?![0-9])T?",
    rf"(?P<year>)(?P<month>0?[1-9]|1[0-2])[-/.](?P<day>0?[1-9]|[12][0-9]|3[01])(?![0-9/.]){EDGE}",
)
def _date(match: re.Match[str], today: date, _: Working) -> Days:
    month, day = number(match["month"]), number(match["day"])
    if not match["year"]:
        return (calendar.coming(today, month, day),)
    return (date(calendar.year(match["year"], today), month, day),)


@_rule(
    rf"{_YEAR}(?P<month>{NUMBER}) 月(?:份)?的? (?:(?P<part>上旬|中旬|中(?={BEFORE}|\s|$))|下旬"
    rf"|底|末|{WITHIN}|份(?=\s|$))"
)
def _part_of_month(match: re.Match[str], today: date, _: Working) -> Days:
    month = number(match["month"])
    if match["year"]:
        first = date(calendar.year(match["year"], today), month, 1)
        return (first.replace(day=_TENTH[match["part"]]) if match["part"] else calendar.month_end(first, 0),)
    return (calendar.coming_part(today, month, _TENTH.get(match["part"] or "")),)


@_rule(rf"{_YEAR}(?P<month>{NUMBER}) 月份? {BEFORE}")
def _before_named_month(match: re.Match[str], today: date, _: Working) -> Days:
    month = number(match["month"])
    year = calendar.year(match["year"], today) if match["year"] else today.year + (month <= today.month)
    return (date(year, month, 1) - timedelta(days=1),)


@_rule(
    rf"(?P<month>{_MONTH_NAME})\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<year>20[0-9]{{2}})\b)?",
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH_NAME})\b\.?"
    r"(?:,? (?P<year>20[0-9]{2})\b)?",
)
def _english_date(match: re.Match[str], today: date, _: Working) -> Days:
    month = 1 + [name[:3] for name in _MONTHS.split()].index(match["month"][:3].lower())
    if match["year"]:
        return (date(int(match["year"]), month, int(match["day"])),)
    return (calendar.coming(today, month, int(match["day"])),)


@_rule(rf"(?P<day>{NUMBER}) [日号]{EDGE}", r"the (?P<day>[0-9]{1,2})(?:st|nd|rd|th)\b")
def _day_of_month(match: re.Match[str], today: date, _: Working) -> Days:
    day = number(match["day"])
    return (calendar.month_day(today, int(day < today.day), day),)


# --- feasts ----------------------------------------------------------------------------------------------------------


_FEAST = "|".join(sorted(lunar.NAMES, key=len, reverse=True))


@_rule(rf"(?:(?P<which>今|本|明|[0-9]{{4}}) 年的?)?(?P<feast>{_FEAST})节? {BEFORE}")
def _before_feast(match: re.Match[str], today: date, _: Working) -> Days:
    """The day before a feast, whose own day is a holiday."""
    if match["which"]:
        return (lunar.feast(match["feast"], calendar.year(match["which"], today)) - timedelta(days=1),)
    return (lunar.coming(match["feast"], today) - timedelta(days=1),)


RULES = tuple(_rules.all)
