"""The features of voice in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.voice import suggestion, survey

FEATURES: tuple[Feature, ...] = (survey.FEATURE, suggestion.FEATURE)
