"""Voice: surveys and suggestions."""

from storage.feature import Feature
from storage.voice import suggestion, survey

FEATURES: tuple[Feature, ...] = (
    survey.FEATURE,
    suggestion.FEATURE,
)
