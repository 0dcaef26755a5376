"""Surveys close by themselves, to the minute."""

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.voice import survey

SCHEDULE = Schedule("survey.close", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, survey.close_due),)
