"""When a schedule's next moment is: cron text on a wall clock, and the official workdays."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import chinese_calendar
from cronsim import CronSim

from domain.clock import law
from domain.clock.schedule import Days, Late, Planned
from language.deadline.working import official

OFFICIAL: Mapping[date, bool] = MappingProxyType({})  # nothing but what the library knows
THE_LEAST = timedelta(microseconds=1)
IN_TIME = timedelta(minutes=10)  # a moment that was reached a little later than that was missed
MAX_STEPS = 1000  # a schedule without any workday in so many moments is wrong


def is_workday(day: date, own: Mapping[date, bool] = OFFICIAL) -> bool:
    """Whether people work that day: official holidays off, the weekends worked for them (调休) on.

    `own` are the days for which the enterprise has said it itself; they go first. Then come the official days, and
    until the State Council has published those of a year the days that the law fixes.
    """
    known = own[day] if day in own else official(day)
    return law.is_workday(day) if known is None else known


def has_year(year: int) -> bool:
    """Whether the official days of a year are known."""
    return any(day.year == year for day in chinese_calendar.holidays)


def next_moment(planned: Planned, after: datetime, own: Mapping[date, bool] = OFFICIAL) -> datetime:
    """The schedule's first moment after another. Raises ValueError for a schedule that never comes."""
    moments = CronSim(planned.cron, after.astimezone(ZoneInfo(planned.zone)))
    for _, moment in zip(range(MAX_STEPS), moments, strict=False):
        if _counts(planned, moment, own):
            return moment
    raise ValueError(f"no moment of {planned.cron!r} on {planned.days}")


def missed_moment(
    planned: Planned, at: datetime, own: Mapping[date, bool] = OFFICIAL, heard_at: datetime | None = None
) -> datetime | None:
    """The moment that a due schedule has to be run for, under its policy for late ones; `None` to let it go.

    `heard_at` is when people would hear of it: quiet hours make it later than now.
    """
    local = at.astimezone(ZoneInfo(planned.zone))
    if planned.next_at is None:
        return None
    since = planned.next_at.astimezone(local.tzinfo)
    newest = since
    backwards = CronSim(planned.cron, local + THE_LEAST, reverse=True)  # it begins before the moment that it is given
    for _, moment in zip(range(MAX_STEPS), backwards, strict=False):
        if moment <= since:
            break
        if _counts(planned, moment, own):
            newest = moment
            break
    return newest if _may_be_late(planned.late, newest, (heard_at or at).astimezone(local.tzinfo)) else None


def _may_be_late(late: Late, moment: datetime, at: datetime) -> bool:
    """Whether a moment is still to be run for; both are on the same wall clock."""
    match late:
        case Late.MERGE:
            return True
        case Late.WITHIN_THE_DAY:
            return moment.date() == at.date()
        case Late.SKIP:
            return at.timestamp() - moment.timestamp() <= IN_TIME.total_seconds()  # not by the clock on the wall


def _counts(planned: Planned, moment: datetime, own: Mapping[date, bool]) -> bool:
    return planned.days is not Days.WORKDAYS or is_workday(moment.date(), own)
