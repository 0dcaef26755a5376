"""By day, every few minutes: administrators hear what came up, in one message, and nothing where nothing did.

A missed moment is skipped: made up for at night it would wake them, and by day the next one is minutes away.
"""

from collections.abc import Collection
from functools import partial

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.messaging import alarm

SCHEDULE = Schedule("alarm.told", cron="*/5 7-21 * * *", scope=Scope.ENTERPRISE, late=Late.SKIP)


def job(administrators: Collection[int]) -> EnterpriseJob:
    """The job for these administrators (the platform's ids) and those by role."""
    return EnterpriseJob(SCHEDULE, partial(alarm.tell, administrators=administrators))
