"""The features of study in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.study import study

FEATURES: tuple[Feature, ...] = (study.FEATURE,)
