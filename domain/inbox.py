"""Updates of the platform, stored before it is told that they were received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from domain import member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.chat import Habits
    from domain.ids import UpdateId
    from domain.member import Present, Seen
    from domain.stores import Stores

MOST_TRIES = 3
KEPT = timedelta(days=3)  # longer than the platform keeps what it could not deliver


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it came: its id, the platform's JSON, and who speaks in it."""

    id: UpdateId
    body: str
    seen: Seen | None = None


class Inbox(Protocol):
    """Updates in the store."""

    def add(self, update: Received, at: datetime) -> bool:
        """Remember an update; false when it was there already."""

    def close(self, update: UpdateId, at: datetime) -> bool:
        """Note that an update is handled; false when it was closed already, so that nothing is done twice."""

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note a failure; true when that was the last try."""

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""

    def open(self) -> list[Received]:
        """What is still to be handled, oldest first."""


def receive(
    stores: Stores, *, updates: Sequence[Received], habits: Habits, at: datetime
) -> list[tuple[UpdateId, Present | None]]:
    """Store updates, and know who speaks in them; those that are new, in their order."""
    new = [update for update in updates if stores.inbox.add(update, at)]

    def speaks(seen: Seen | None) -> Present | None:
        return None if seen is None else member.enrol(stores, seen=seen, habits=habits, at=at)

    return [(one.id, speaks(one.seen)) for one in new]


def close(stores: Stores, *, update: UpdateId, at: datetime) -> None:
    """An update that needs nothing more."""
    stores.inbox.close(update, at)


def fail(stores: Stores, *, update: UpdateId, error: str) -> bool:
    """Note that handling an update failed; true when it is not to be tried again."""
    return stores.inbox.failed(update, error, MOST_TRIES)


def open_updates(stores: Stores) -> list[Received]:
    """What an earlier run left unhandled."""
    return stores.inbox.open()


def prune(stores: Stores, slot: datetime) -> None:
    """Forget what people wrote, once it is handled and cannot come again."""
    stores.inbox.prune(slot - KEPT)
