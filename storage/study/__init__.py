"""Study: what is learned each day."""

from storage.feature import Feature
from storage.study import study

FEATURES: tuple[Feature, ...] = (study.FEATURE,)
