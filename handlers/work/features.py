"""The features of work in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.work import task

FEATURES: tuple[Feature, ...] = (task.FEATURE,)
