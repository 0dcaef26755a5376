"""The features of voice, in the order in which people meet them."""

from domain.feature import Feature
from domain.voice import suggestion, survey

FEATURES: tuple[Feature, ...] = (
    survey.FEATURE,
    suggestion.FEATURE,
)
