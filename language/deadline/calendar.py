"""Arithmetic on days, weeks and months. Weeks begin on Monday."""

from calendar import monthrange
from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6
JUST_GONE = timedelta(days=60)  # a date without a year that is no further back may be this year's or the next year's
CENTURY = 2000
_YEARS = {"今": 0, "本": 0, "明": 1, "后": 2}
_DIGITS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")}


class Gone(Exception):  # noqa: N818  (named for what is wrong)
    """A date without a year that has just passed: it may be this year's `day`, or `later`."""

    def __init__(self, day: date, later: date) -> None:
        super().__init__(day, later)
        self.day = day
        self.later = later


def week_day(today: date, weeks: int, weekday: int) -> date:
    """The weekday (0 is Monday) of the week that lies `weeks` after today's."""
    return today + timedelta(days=weekday - today.weekday(), weeks=weeks)


def month_day(today: date, months: int, day: int) -> date:
    """The day of the month that lies `months` after today's. Raises ValueError where it has no such day."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, day)


def month_end(today: date, months: int) -> date:
    """The last day of the month that lies `months` after today's."""
    first = month_day(today, months, 1)
    return first.replace(day=monthrange(first.year, first.month)[1])


def later_by_months(today: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it is shorter."""
    return min(month_day(today, months, 1) + timedelta(days=today.day - 1), month_end(today, months))


def quarter_end(today: date, quarters: int) -> date:
    """The last day of the quarter that lies `quarters` after today's."""
    return month_end(today, (3 - today.month) % 3 + 3 * quarters)


def year(written: str, today: date) -> int:
    """A year as it is written: 2026, 26, 二零二六, 今, 明, 后."""
    if written in _YEARS:
        return today.year + _YEARS[written]
    digits = "".join(_DIGITS.get(sign, sign) for sign in written)
    return int(digits) + (CENTURY if len(digits) <= 2 else 0)  # noqa: PLR2004  (26年)


def coming(today: date, month: int, day: int) -> date:
    """The next date with that month and day, today included.

    Raises ValueError if its year has no such day (2月29日), and Gone if the date before it has just passed.
    """
    later = date(today.year + ((month, day) < (today.month, today.day)), month, day)
    return _not_gone(_a_year_before(later), later, today)


def coming_part(today: date, month: int, day: int | None) -> date:
    """The next date with that month and day, or the month's last day for `None`. Raises ValueError, Gone."""
    this, later = (date(year, month, 1) for year in (today.year, today.year + 1))
    ends = [one.replace(day=day) if day else month_end(one, 0) for one in (this, later)]
    if ends[0] >= today:
        return _not_gone(_a_year_before(ends[0]), ends[0], today)
    return _not_gone(ends[0], ends[1], today)


def _not_gone(last: date | None, later: date, today: date) -> date:
    if last is not None and last < today <= last + JUST_GONE:
        raise Gone(last, later)
    return later


def _a_year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February, or the year 0
        return None
