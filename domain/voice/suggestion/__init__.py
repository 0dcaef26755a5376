"""Suggestions: anybody makes them, in any chat."""

from domain.voice.suggestion.feature import FEATURE
from domain.voice.suggestion.model import (
    MAX_TITLE_CHARS,
    Became,
    Empty,
    Readers,
    Received,
    Suggestion,
    Suggestions,
    Tagging,
    TooLong,
    TooManySuggestions,
    Topic,
    fingerprint,
    title_of,
)
from domain.voice.suggestion.reporting import (
    TOPICS,
)
from domain.voice.suggestion.service import (
    MADE,
    MAX_PER_HOUR,
    MAX_TEXT_CHARS,
    is_new,
    made_by,
    make,
    readers,
)

__all__ = [
    "FEATURE",
    "MADE",
    "MAX_PER_HOUR",
    "MAX_TEXT_CHARS",
    "MAX_TITLE_CHARS",
    "TOPICS",
    "Became",
    "Empty",
    "Readers",
    "Received",
    "Suggestion",
    "Suggestions",
    "Tagging",
    "TooLong",
    "TooManySuggestions",
    "Topic",
    "fingerprint",
    "is_new",
    "made_by",
    "make",
    "readers",
    "title_of",
]
