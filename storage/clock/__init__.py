"""The clock: schedules and the calendar."""

from storage.clock import calendar, schedule
from storage.feature import Feature

FEATURES: tuple[Feature, ...] = (
    schedule.FEATURE,
    calendar.FEATURE,
)
