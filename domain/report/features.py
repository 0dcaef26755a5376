"""The features of report, in the order in which people meet them."""

from domain.feature import Feature
from domain.report import summary

FEATURES: tuple[Feature, ...] = (summary.FEATURE,)
