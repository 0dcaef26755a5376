"""The features of clock, in the order in which people meet them."""

from domain.clock import calendar, schedule
from domain.feature import Feature

FEATURES: tuple[Feature, ...] = (
    calendar.FEATURE,
    schedule.FEATURE,
)
