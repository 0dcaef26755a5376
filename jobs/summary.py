"""Mondays at 09:00 a group gets its summary; a late one is posted all the same."""

from domain.clock.schedule import GroupJob, Late, Schedule, Scope
from domain.report import summary

SCHEDULE = Schedule("summary.post", cron="0 9 * * 1", scope=Scope.GROUP, late=Late.MERGE)
JOBS = (GroupJob(SCHEDULE, summary.post),)
