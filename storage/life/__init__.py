"""Party life: meetings, activities, inspections."""

from storage.feature import Feature

FEATURES: tuple[Feature, ...] = ()
