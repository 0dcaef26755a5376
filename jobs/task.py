"""Owners are reminded of their tasks to the minute; quiet hours are part of each task's own plan."""

from domain.clock.schedule import EnterpriseJob, Late, Schedule, Scope
from domain.work import task

SCHEDULE = Schedule("task.remind", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
JOBS = (EnterpriseJob(SCHEDULE, task.remind),)
