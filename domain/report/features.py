"""The features of reports, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.life.features import Stores as Right
from domain.report import digest, missing, summary

if TYPE_CHECKING:
    from domain.report.missing import Nudges
    from domain.report.summary import Summaries

FEATURES = declared_in(vars())


class Stores(summary.HasFigures, Right, Protocol):
    """What report may touch."""

    @property
    def nudges(self) -> Nudges:
        """See `Nudges`."""

    @property
    def summaries(self) -> Summaries:
        """See `Summaries`."""
