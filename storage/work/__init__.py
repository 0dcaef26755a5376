"""Work: tasks with an owner, a deadline and an outcome."""

from storage.feature import Feature
from storage.work import task

FEATURES: tuple[Feature, ...] = (task.FEATURE,)
