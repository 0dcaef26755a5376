"""The features of messaging in chat; the first that takes an update handles it."""

from handlers.feature import Feature
from handlers.messaging import form, general, poll

FEATURES: tuple[Feature, ...] = (form.FEATURE, poll.FEATURE, general.FEATURE)
