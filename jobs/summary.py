"""Mondays at 09:00 a group gets its summary; a late one is posted all the same."""

from domain import summary
from domain.schedule import GroupJob, Late, Schedule, Scope

SCHEDULE = Schedule("summary.post", cron="0 9 * * 1", scope=Scope.GROUP, late=Late.MERGE)
JOBS = (GroupJob(SCHEDULE, summary.post),)
