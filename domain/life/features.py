"""The features of life, in the order in which people meet them."""

from domain.feature import Feature

FEATURES: tuple[Feature, ...] = ()
