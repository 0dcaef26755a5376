"""The features of people in chat; the first that takes an update handles it."""

from handlers.feature import Feature

FEATURES: tuple[Feature, ...] = ()
