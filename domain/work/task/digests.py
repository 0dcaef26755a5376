"""Which chats have had their morning's digest, so that nobody gets two on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from domain.ids import ChatId


class Digests(Protocol):
    """Digests in the store."""

    def last_of(self, chats: Collection[ChatId]) -> Mapping[ChatId, date]:
        """The day of the last digest of chats, where they have had one."""

    def sent(self, chats: Collection[ChatId], day: date) -> None:
        """Note that chats have had their digest of a day."""


class HasDigests(Protocol):
    """Stores with this one among them."""

    @property
    def task_digests(self) -> Digests:
        """See `Digests`."""
