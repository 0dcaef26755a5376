"""The features of work, in the order in which people meet them."""

from domain.feature import Feature
from domain.work import task

FEATURES: tuple[Feature, ...] = (task.FEATURE,)
