"""Moments in the drafts and on the buttons of forms."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.action import ButtonExpired
from handlers.form import MOMENT

LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC)


def read_moment(value: str) -> datetime:
    """The moment of a button. Raises ButtonExpired."""
    if not value.isdecimal() or len(value) > len(MOMENT.keep(LAST_SECOND)):
        raise ButtonExpired
    return MOMENT.load(value)
