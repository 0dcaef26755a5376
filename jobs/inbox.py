"""Each night the inbox forgets what is handled."""

from domain import inbox
from domain.schedule import EnterpriseJob, Late, Schedule, Scope

SCHEDULE = Schedule("inbox.prune", cron="20 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, inbox.prune),)
