"""Days of the enterprise by which questions and settlements are due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.clock.calendar import workdays

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.points.features import Stores

A_DAY = timedelta(days=1)


def workdays_after(stores: Stores, day: date, count: int) -> date:
    """The day that is so many workdays after another."""
    works = workdays(stores)
    while count:
        day += A_DAY
        count -= works(day)
    return day


def day_of(stores: Stores, at: datetime) -> date:
    """The enterprise's calendar day."""
    return at.astimezone(ZoneInfo(stores.enterprise.locale.zone)).date()
