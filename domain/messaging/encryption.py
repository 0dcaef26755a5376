"""What both sides write in a chat can be kept encrypted while something confidential goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NewType, Protocol

if TYPE_CHECKING:
    from domain.ids import ChatId

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

    def begin(self, chat: ChatId, key: KeyId) -> None:
        """Put a chat under a key, in place of another one."""

    def end(self, chat: ChatId) -> None:
        """Release a chat."""
