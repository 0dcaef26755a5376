"""At night, in small portions: the outbox forgets what was said long ago."""

from domain.admin import retention
from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope

SCHEDULE = Schedule("retention.prune", cron="*/10 2-4 * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, retention.prune),)
