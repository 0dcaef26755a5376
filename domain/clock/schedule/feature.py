"""What schedules contribute to the rest of the domain."""

from domain.clock.schedule.model import SCHEDULE_CHANGED
from domain.feature import Feature

FEATURE = Feature("schedule", audit=(SCHEDULE_CHANGED,))
