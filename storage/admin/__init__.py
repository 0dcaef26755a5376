"""Administration: settings, the audit log, upkeep."""

from storage.admin import audit, setting
from storage.feature import Feature

FEATURES: tuple[Feature, ...] = (
    setting.FEATURE,
    audit.FEATURE,
)
