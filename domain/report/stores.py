"""The stores that report may touch, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.life.stores import Stores as Right

if TYPE_CHECKING:
    from domain.report.summary import Summaries


class Stores(Right, Protocol):
    """What report may touch."""

    @property
    def summaries(self) -> Summaries:
        """See `Summaries`."""
