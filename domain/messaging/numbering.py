"""Numbers of updates: the platform counts those of each bot on their own, and a store may have served several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from domain.ids import UpdateId
from domain.messaging import alarm
from domain.messaging.alarm import Trouble

if TYPE_CHECKING:
    from datetime import datetime

    from domain.stores import Stores

SPAN = 1 << 40  # numbers of one bot; the platform's have 31 bits


class Bots(Protocol):
    """Bots whose updates the store has taken in."""

    def meet(self, bot: int, at: datetime) -> int:
        """Remember a bot by the platform's id; how many others were there before it."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the updates of one bot are numbered in the store; `set_aside` of another bot's were left, and are closed."""

    base: int = 0
    set_aside: int = 0

    def number(self, update: int) -> UpdateId:
        """The store's number of an update, from the platform's."""
        return UpdateId(self.base + update)


def begin(stores: Stores, *, bot: int, at: datetime) -> Numbering:
    """Number the updates of a bot so that they meet none of another.

    What another bot has left unhandled is set aside, of which administrators hear: its presses and files mean nothing
    to this one, and its private chats are closed to it.
    """
    base = stores.bots.meet(bot, at) * SPAN
    left = stores.inbox.set_aside(base, base + SPAN, at)
    for update in left:
        alarm.note(stores, Trouble.SET_ASIDE, update, at)
    return Numbering(base, len(left))
