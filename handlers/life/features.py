"""The features of life in chat; the first that takes an update handles it."""

from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = ()
