"""What features contribute to today's card: the one message that shows somebody in private what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.messaging.message import Buttons, Text
    from domain.people.actor import Actor
    from domain.report.features import Stores


@dataclass(frozen=True, slots=True)
class Part:
    """A feature's lines on the card, and its buttons under it. One that `waits` is something to be done."""

    text: Text
    buttons: Buttons = ()
    waits: bool = True


@dataclass(frozen=True, slots=True)
class Today:
    """A feature's part of the card; those of a low `order` come first.

    `tell` gives nothing where there is nothing to say. It only reads: the card is also made anew when others act.
    """

    order: int
    tell: Callable[[Stores, Actor], Part | None]
