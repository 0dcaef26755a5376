"""The features of points, in the order in which people meet them."""

from domain.feature import Feature
from domain.points import points, verify

FEATURES: tuple[Feature, ...] = (points.FEATURE, verify.FEATURE)
