"""The features of admin, in the order in which people meet them."""

from domain.admin import audit, retention, setting
from domain.feature import Feature

FEATURES: tuple[Feature, ...] = (
    audit.FEATURE,
    retention.FEATURE,
    setting.FEATURE,
)
