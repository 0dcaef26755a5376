"""Points: the ledger and the boards."""

from storage.feature import Feature
from storage.points import points

FEATURES: tuple[Feature, ...] = (points.FEATURE,)
