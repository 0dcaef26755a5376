"""The features of report in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.report import export, summary

FEATURES: tuple[Feature, ...] = (summary.FEATURE, export.FEATURE)
