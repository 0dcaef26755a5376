"""What still waits to be handled, said or run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from domain.stores import Stores


@dataclass(frozen=True, slots=True)
class Backlog:
    """`lag` is how long the oldest due schedule or message has been due; nothing where nothing is."""

    inbox_open: int
    outbox_queued: int
    lag: timedelta


class Waiting(Protocol):
    """What waits in the store."""

    def inbox_open(self) -> int:
        """Updates that are not handled yet."""

    def outbox_queued(self) -> int:
        """Messages that are not sent yet."""

    def oldest_due(self, at: datetime) -> datetime | None:
        """Since when the oldest schedule or message that is due has been due."""


def backlog(stores: Stores, *, at: datetime) -> Backlog:
    """What waits at a moment."""
    oldest = stores.waiting.oldest_due(at)
    lag = max(at - oldest, timedelta()) if oldest else timedelta()
    return Backlog(stores.waiting.inbox_open(), stores.waiting.outbox_queued(), lag)


def check(_: Stores) -> None:
    """A transaction of nothing: whether the store takes one at all."""
