"""Clock in: each job's body and its schedule side by side.

A job writes into the outbox; it never talks to a platform.
"""

from domain.clock.schedule import EnterpriseJob, GroupJob
from jobs import inbox, retention, study, summary, survey, task

JOBS: tuple[GroupJob | EnterpriseJob, ...] = (
    *study.JOBS,
    *task.JOBS,
    *survey.JOBS,
    *summary.JOBS,
    *inbox.JOBS,
    *retention.JOBS,
)
OF_GROUPS = tuple(job.schedule for job in JOBS if isinstance(job, GroupJob))
