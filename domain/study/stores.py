"""The stores that study may touch, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.points.stores import Stores as Right

if TYPE_CHECKING:
    from domain.study.study import Studies


class Stores(Right, Protocol):
    """What study may touch."""

    @property
    def studies(self) -> Studies:
        """See `Studies`."""
