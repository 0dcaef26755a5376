"""The features of clock in chat; the first that takes an update handles it."""

from handlers.clock import schedule
from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = (schedule.FEATURE,)
