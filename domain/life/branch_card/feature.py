"""What the cards of branches contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.life.branch_card.changing import CHANGED
from domain.life.branch_card.model import CARD
from domain.life.branch_card.showing import current_card

if TYPE_CHECKING:
    from domain.life.branch_card.model import BranchCards


class HasBranchCards(Protocol):
    """Stores with this one among them."""

    @property
    def branch_cards(self) -> BranchCards:
        """See `BranchCards`."""


FEATURE = Feature(CARD, audit=(CHANGED,), current={CARD: current_card})
