"""The features of messaging in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.messaging import general, poll

FEATURES: tuple[Feature, ...] = (
    poll.FEATURE,
    general.FEATURE,
)
