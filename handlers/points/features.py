"""The features of points in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.points import points

FEATURES: tuple[Feature, ...] = (points.FEATURE,)
