"""The features of study, in the order in which people meet them."""

from domain.feature import Feature
from domain.study import feature

FEATURES: tuple[Feature, ...] = (feature.FEATURE,)
