"""The features of voice in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.voice import suggestion

FEATURES: tuple[Feature, ...] = (suggestion.FEATURE,)
