"""Reports: summaries and exports."""

from storage.feature import Feature

FEATURES: tuple[Feature, ...] = ()
