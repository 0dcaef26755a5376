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
    """`lag` is how long the oldest due schedule or message has been due; nothing where nothing is.

    `unknown` messages, said again since or not, are all that can have been doubled.
    """

    inbox_open: int
    outbox_queued: int
    lag: timedelta
    unknown: int


class Waiting(Protocol):
    """What waits in the store."""

    def inbox_open(self) -> int:
        """Updates that are not handled yet."""

    def outbox_queued(self) -> int:
        """Messages that are not sent yet."""

    def unknown(self) -> int:
        """Messages of which nobody knew, at least once, whether they had been said."""

    def oldest_due(self, at: datetime) -> datetime | None:
        """Since when the oldest schedule or message that is due has been due."""

    def touch(self) -> None:
        """Write a row as it stands: it is written all the same."""


def backlog(stores: Stores, *, at: datetime) -> Backlog:
    """What waits at a moment."""
    oldest = stores.waiting.oldest_due(at)
    lag = max(at - oldest, timedelta()) if oldest else timedelta()
    waiting = stores.waiting
    return Backlog(waiting.inbox_open(), waiting.outbox_queued(), lag, waiting.unknown())


def check(stores: Stores) -> None:
    """Whether the store takes a transaction; one that changes nothing would not show that the disk is full."""
    stores.waiting.touch()
