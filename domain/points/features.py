"""The features of points, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.points import (
    account,
    adjustment,
    answering,
    appeal,
    appraisal,
    board,
    feature,
    publicity,
    reward,
    rollup,
    settlement,
    tampering,
    verify,
)
from domain.points.scheme import service
from domain.stores import Stores as Right

if TYPE_CHECKING:
    from domain.points.points import Points
    from domain.points.scheme.versions import Schemes
    from domain.points.verify import Verification

FEATURES = declared_in(vars())


class Stores(
    account.HasAccounts,
    adjustment.HasAdjustments,
    appeal.HasAppeals,
    appraisal.HasAppraisals,
    board.HasBoards,
    reward.HasRewards,
    settlement.HasSettlements,
    Right,
    Protocol,
):
    """What points may touch."""

    @property
    def points(self) -> Points:
        """See `Points`."""

    @property
    def schemes(self) -> Schemes:
        """See `Schemes`."""

    @property
    def verification(self) -> Verification:
        """See `Verification`."""
