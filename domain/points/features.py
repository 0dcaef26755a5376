"""The features of points, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.points import board, feature, preset, rollup, tampering, verify
from domain.stores import Stores as Right

if TYPE_CHECKING:
    from domain.points.points import Points
    from domain.points.verify import Verification

FEATURES = declared_in(vars())


class Stores(board.HasBoards, Right, Protocol):
    """What points may touch."""

    @property
    def points(self) -> Points:
        """See `Points`."""

    @property
    def verification(self) -> Verification:
        """See `Verification`."""
