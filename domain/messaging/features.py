"""The features of messaging, in the order in which people meet them."""

from domain.feature import Feature
from domain.messaging import alarm, chat, inbox

FEATURES: tuple[Feature, ...] = (
    alarm.FEATURE,
    chat.FEATURE,
    inbox.FEATURE,
)
