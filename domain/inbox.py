"""Updates of the platform, stored before it is told that they were received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import UpdateId
    from domain.stores import Stores

MOST_TRIES = 3
KEPT = timedelta(days=3)  # longer than the platform keeps what it could not deliver


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: its id and the platform's JSON."""

    id: UpdateId
    body: str


class Inbox(Protocol):
    """Updates in the store."""

    def add(self, update: Received, at: datetime) -> bool:
        """Remember an update; false when it was there already."""

    def is_open(self, update: UpdateId) -> bool:
        """Whether an update is still to be handled."""

    def done(self, update: UpdateId, at: datetime) -> None:
        """Note that an update was handled."""

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note a failure; true when that was the last try."""

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""

    def open(self) -> list[Received]:
        """What is still to be handled, oldest first."""


def receive(stores: Stores, *, updates: Sequence[Received], at: datetime) -> list[Received]:
    """Store updates; those that are new, in their order."""
    return [update for update in updates if stores.inbox.add(update, at)]


def close(stores: Stores, *, update: UpdateId, at: datetime) -> None:
    """An update that needs nothing more."""
    stores.inbox.done(update, at)


def fail(stores: Stores, *, update: UpdateId, error: str) -> bool:
    """Note that handling an update failed; true when it is not to be tried again."""
    return stores.inbox.failed(update, error, MOST_TRIES)


def open_updates(stores: Stores) -> list[Received]:
    """What an earlier run left unhandled."""
    return stores.inbox.open()


def prune(stores: Stores, slot: datetime) -> None:
    """Forget what people wrote, once it is handled and cannot come again."""
    stores.inbox.prune(slot - KEPT)
