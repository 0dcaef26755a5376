"""Each night the inbox forgets what is handled."""

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.messaging import inbox

SCHEDULE = Schedule("inbox.prune", cron="20 3 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, inbox.prune),)
