"""The stores that points may touch, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.stores import Stores as Right

if TYPE_CHECKING:
    from domain.points.points import Points
    from domain.points.verify import Verification


class Stores(Right, Protocol):
    """What points may touch."""

    @property
    def points(self) -> Points:
        """See `Points`."""

    @property
    def verification(self) -> Verification:
        """See `Verification`."""
