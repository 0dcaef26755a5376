"""The reason that somebody in charge gives when they decide about points of others."""

from __future__ import annotations

import plain
from domain.refusal import Refusal

MAX_REASON_CHARS = 200


class NoReason(Refusal):
    """No words, or too many."""

    text = "adjustment.no_reason"


def check_reason(reason: str) -> str:
    """A reason as it is kept. Raises NoReason."""
    words = plain.tidy(reason)
    if not words or len(words) > MAX_REASON_CHARS:
        raise NoReason(most=MAX_REASON_CHARS)
    return words
