"""The features of admin in chat; the first that takes an update handles it."""

from handlers.admin import audit, setting
from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = (audit.FEATURE, setting.FEATURE)
