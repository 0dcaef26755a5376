"""Each workday at 08:30 a group gets its study item."""

from domain.clock.schedule import Days, GroupJob, Late, Schedule, Scope
from domain.study import study

SCHEDULE = Schedule("study.prompt", cron="30 8 * * *", scope=Scope.GROUP, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY)
JOBS = (GroupJob(SCHEDULE, study.post),)
