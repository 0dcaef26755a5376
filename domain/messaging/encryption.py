"""What both sides write in a chat can be kept encrypted while something confidential goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:
    from domain.ids import ChatId
    from domain.stores import Stores

KeyId = NewType("KeyId", str)


class Encryption(Protocol):
    """Keys that stand outside the store, and the chats that are under one.

    While a chat is under a key, its rows of inbox and outbox are readable with that key only. A key that was destroyed
    leaves what was written under it unreadable, in every copy.
    """

    def new_key(self) -> KeyId:
        """Make a key."""

    def destroy(self, key: KeyId) -> None:
        """Destroy a key once the transaction is committed, and release the chats under it."""

    def is_there(self, key: KeyId) -> bool:
        """Whether what was written under a key can be read: it was not destroyed, and its file was not lost."""

    def begin(self, chat: ChatId, key: KeyId) -> None:
        """Put a chat under a key, in place of another one."""

    def end(self, chat: ChatId) -> None:
        """Release a chat."""

    def sweep(self) -> None:
        """Destroy the keys that are still there although their destruction was committed."""

    def give_up_lost(self) -> int:
        """Release the chats under keys that are lost, which nobody can read any more; how many keys."""


def sweep(stores: Stores) -> None:
    """At the start: a kill may have come between the end of something confidential and the end of its key."""
    stores.encryption.sweep()


def give_up_lost(stores: Stores) -> int:
    """At the start, where no other program may have the keys: chats under lost ones are released; how many keys."""
    return stores.encryption.give_up_lost()
