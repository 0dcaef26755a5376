"""What the clock starts: each schedule of a job is a row, so it survives, can be seen and can be changed."""

from domain.schedule.model import (
    Days,
    EnterpriseJob,
    GroupJob,
    Late,
    NextMoment,
    Planned,
    Schedule,
    Schedules,
    Scope,
    When,
)
from domain.schedule.running import due, needs_planning, plan

__all__ = [
    "Days",
    "EnterpriseJob",
    "GroupJob",
    "Late",
    "NextMoment",
    "Planned",
    "Schedule",
    "Schedules",
    "Scope",
    "When",
    "due",
    "needs_planning",
    "plan",
]
