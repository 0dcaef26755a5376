"""Surveys close by themselves, to the minute."""

from domain import survey
from domain.schedule import EnterpriseJob, Late, Schedule, Scope

SCHEDULE = Schedule("survey.close", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, survey.close_due),)
