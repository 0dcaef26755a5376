"""Moments in the drafts and on the buttons of forms."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.action import ButtonExpired
from handlers.form import Codec

LAST_SECOND = datetime(9999, 1, 1, tzinfo=UTC)
MOMENT: Codec[datetime] = Codec(
    lambda at: str(int(at.timestamp())), lambda kept: datetime.fromtimestamp(int(kept), UTC)
)


def read_moment(value: str) -> datetime:
    """The moment of a button. Raises ButtonExpired."""
    if not value.isdecimal() or len(value) > len(MOMENT.keep(LAST_SECOND)):
        raise ButtonExpired
    return MOMENT.load(value)
