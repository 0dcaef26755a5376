"""The features of points, in the order in which people meet them."""

from domain.feature import Feature
from domain.points import feature, verify

FEATURES: tuple[Feature, ...] = (feature.FEATURE, verify.FEATURE)
