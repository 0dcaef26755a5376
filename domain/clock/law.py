"""The days off that the law fixes, whatever the State Council arranges around them each year.

Source: 全国年节及纪念日放假办法 as it holds since 1 January 2025 (国务院令第795号), article 2: 13 days a year.
"""

from __future__ import annotations

from datetime import date, timedelta

SINCE = 2025
SATURDAY = 5
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
ONE_DAY = timedelta(days=1)
SPRING_FESTIVAL = range(-1, 3)  # new year's eve and the first three days
# The first day of the Chinese year, Qingming, Dragon Boat and Mid-Autumn Festival of each year.
FEASTS = (
    "2025 01-29 04-04 05-31 10-06",
    "2026 02-17 04-05 06-19 09-25",
    "2027 02-06 04-05 06-09 09-15",
    "2028 01-26 04-04 05-28 10-03",
    "2029 02-13 04-04 06-16 09-22",
    "2030 02-03 04-05 06-05 09-12",
    "2031 01-23 04-05 06-24 10-01",
    "2032 02-11 04-04 06-12 09-19",
    "2033 01-31 04-04 06-01 09-08",
    "2034 02-19 04-05 06-20 09-27",
    "2035 02-08 04-05 06-10 09-16",
    "2036 01-28 04-04 05-30 10-04",
    "2037 02-15 04-04 06-18 09-24",
    "2038 02-04 04-05 06-07 09-13",
    "2039 01-24 04-05 05-27 10-02",
    "2040 02-12 04-04 06-14 09-20",
    "2041 02-01 04-04 06-03 09-10",
    "2042 01-22 04-04 06-22 09-28",
    "2043 02-10 04-05 06-11 09-17",
    "2044 01-30 04-04 05-31 10-05",
    "2045 02-17 04-04 06-19 09-25",
    "2046 02-06 04-04 06-08 09-15",
    "2047 01-26 04-05 05-29 10-04",
    "2048 02-14 04-04 06-15 09-22",
    "2049 02-02 04-04 06-04 09-11",
    "2050 01-23 04-04 06-23 09-30",
)


def _days(line: str) -> set[date]:
    """The days off that move, of one year."""
    year, spring, *others = line.split()
    first = date.fromisoformat(f"{year}-{spring}")
    return {first + number * ONE_DAY for number in SPRING_FESTIVAL} | {
        date.fromisoformat(f"{year}-{one}") for one in others
    }


MOVING = frozenset(day for line in FEASTS for day in _days(line))


def is_day_off(day: date) -> bool:
    """Whether the law itself fixes a day off; the feasts that move are known until the end of the table."""
    return day.year >= SINCE and ((day.month, day.day) in FIXED or day in MOVING)


def is_workday(day: date) -> bool:
    """Whether people work on a day of which nothing else is known: Monday to Friday, but for the days off."""
    return day.weekday() < SATURDAY and not is_day_off(day)
