"""What people type about periods, as typed values."""

import calendar
import re
from datetime import date, timedelta

import plain
from domain.messaging.chat import monday
from domain.report.export import Period
from handlers.arguments import BadArguments

MONTH = re.compile(r"(?:(?P<year>20\d\d)[-/.年])?(?P<month>\d{1,2})月?份?")
WEEKS = {"本周": 0, "这周": 0, "this week": 0, "上周": -7, "last week": -7}
MONTHS = {"": 0, "本月": 0, "这个月": 0, "this month": 0, "上月": -1, "上个月": -1, "last month": -1}


def period(text: str, today: date) -> Period:
    """`10月`, `2026-10`, `本周`; no text means this month, and a month without a year its latest occurrence.

    Raises BadArguments.
    """
    words = plain.line(text).lower()
    if words in WEEKS:
        first = monday(today) + timedelta(days=WEEKS[words])
        return Period(first, first + timedelta(days=6))
    if words in MONTHS:
        return _month(today.year, today.month + MONTHS[words])
    match = MONTH.fullmatch(words.replace(" ", ""))
    if match is None or not 1 <= int(match["month"]) <= 12 or words.isdecimal():  # noqa: PLR2004 - months of a year
        raise BadArguments("export.usage")
    month = int(match["month"])
    year = int(match["year"] or today.year - (month > today.month))
    return _month(year, month)


def _month(year: int, month: int) -> Period:
    """A month; month 0 is December of the year before."""
    if month < 1:
        year, month = year - 1, 12
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
