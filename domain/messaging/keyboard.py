"""The fixed keyboard of a private chat: which one stands there, so that it is shown anew when it is another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from domain.ids import ChatId
    from domain.messaging.message import Keys


@dataclass(frozen=True, slots=True)
class Shown:
    """A keyboard as a chat has it.

    `basis` is what it follows from in the store: the language and what its person may do. `labels` are the names of
    the texts on its keys.
    """

    basis: str
    labels: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A keyboard that a chat is to have."""

    keys: Keys
    basis: str

    @property
    def shown(self) -> Shown:
        """As it is remembered once it stands."""
        return Shown(self.basis, ",".join(key.text for row in self.keys for key in row))


class Keyboards(Protocol):
    """Which keyboards stand where, in the store."""

    def of(self, chat: ChatId) -> Shown | None:
        """What a chat has."""

    def put(self, chat: ChatId, shown: Shown) -> None:
        """Note what a chat has from now on."""

    def forget(self, chat: ChatId) -> None:
        """Note that it is not known what a chat has: whoever comes back may have cleared it."""
