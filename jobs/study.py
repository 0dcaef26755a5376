"""Each workday at 08:30 a group gets its study item."""

from domain import study
from domain.schedule import Days, GroupJob, Late, Schedule, Scope

SCHEDULE = Schedule("study.prompt", cron="30 8 * * *", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
JOBS = (GroupJob(SCHEDULE, study.post),)
