"""The days off that the law fixes, whatever the State Council arranges around them each year.

Source: 全国年节及纪念日放假办法 as it holds since 1 January 2025 (国务院令第795号), article 2: 13 days a year.
"""

from __future__ import annotations

from datetime import date, timedelta

from plain.feasts import BY_YEAR, Feast

SINCE = 2025
SATURDAY = 5
FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
ONE_DAY = timedelta(days=1)
SPRING_FESTIVAL = range(-1, 3)  # new year's eve and the first three days
OFF = (Feast.QINGMING, Feast.DRAGON_BOAT, Feast.MID_AUTUMN)
MOVING = frozenset(
    day
    for feasts in BY_YEAR.values()
    for day in (
        *(feasts[Feast.SPRING] + number * ONE_DAY for number in SPRING_FESTIVAL),
        *(feasts[one] for one in OFF),
    )
)


def is_day_off(day: date) -> bool:
    """Whether the law itself fixes a day off; the feasts that move are known as far as their table goes."""
    return day.year >= SINCE and ((day.month, day.day) in FIXED or day in MOVING)


def is_workday(day: date) -> bool:
    """Whether people work on a day of which nothing else is known: Monday to Friday, but for the days off."""
    return day.weekday() < SATURDAY and not is_day_off(day)
