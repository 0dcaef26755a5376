"""The features of points, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.points import (
    account,
    adjustment,
    anniversary,
    answering,
    appeal,
    application,
    appraisal,
    board,
    feature,
    honour,
    preset,
    publicity,
    reward,
    rollup,
    settled,
    settlement,
    tampering,
    thanks,
    verify,
)
from domain.points.scheme import service
from domain.stores import Stores as Right

if TYPE_CHECKING:
    from domain.points.anniversary import Anniversaries
    from domain.points.honour import Honours
    from domain.points.points import Points
    from domain.points.scheme.versions import Schemes
    from domain.points.thanks import ThanksStore
    from domain.points.verify import Verification

FEATURES = declared_in(vars())


class Stores(
    account.HasAccounts,
    adjustment.HasAdjustments,
    appeal.HasAppeals,
    application.HasApplications,
    appraisal.HasAppraisals,
    board.HasBoards,
    reward.HasRewards,
    settled.HasSettlements,
    Right,
    Protocol,
):
    """What points may touch."""

    @property
    def anniversaries(self) -> Anniversaries:
        """See `Anniversaries`."""

    @property
    def honours(self) -> Honours:
        """See `Honours`."""

    @property
    def points(self) -> Points:
        """See `Points`."""

    @property
    def schemes(self) -> Schemes:
        """See `Schemes`."""

    @property
    def thanks(self) -> ThanksStore:
        """See `ThanksStore`."""

    @property
    def verification(self) -> Verification:
        """See `Verification`."""
