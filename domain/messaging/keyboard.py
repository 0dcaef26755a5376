"""The fixed keyboard of a private chat. It is kept which one stands there, so that a changed one is shown."""

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
    """The keyboard that a chat should have."""

    keys: Keys
    basis: str

    @property
    def shown(self) -> Shown:
        """As it is remembered once it stands."""
        return Shown(self.basis, ",".join(key.text for row in self.keys for key in row))


class Keyboards(Protocol):
    """Which keyboards stand where, in the store."""

    def of(self, chat: ChatId) -> Shown | None:
        """The keyboard of a chat."""

    def put(self, chat: ChatId, shown: Shown) -> None:
        """Keep the new keyboard of a chat."""

    def forget(self, chat: ChatId) -> None:
        """Forget a chat's keyboard: a person who comes back may have cleared it."""
