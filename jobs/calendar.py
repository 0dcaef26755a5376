"""Once a week, from the first of a month on, administrators hear that a year's official days off are missing."""

from collections.abc import Callable, Collection
from functools import partial

from domain.clock import calendar
from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope

SCHEDULE = Schedule("calendar.missing", cron="0 9 1,8,15,22,29 * *", scope=Scope.ENTERPRISE, late=Late.MERGE)


def job(administrators: Collection[int], zone: str, knows: Callable[[int], bool]) -> EnterpriseJob:
    """The job for these administrators (the platform's ids); `knows` tells whether a year is there."""
    return EnterpriseJob(SCHEDULE, partial(calendar.alarm, administrators=administrators, zone=zone, knows=knows))
