"""Messages: what comes in, what goes out, and when."""

from storage.feature import Feature
from storage.messaging import alarm, chat, draft, inbox, quiet, said

FEATURES: tuple[Feature, ...] = (
    chat.FEATURE,
    draft.FEATURE,
    inbox.FEATURE,
    said.FEATURE,
    quiet.FEATURE,
    alarm.FEATURE,
)
