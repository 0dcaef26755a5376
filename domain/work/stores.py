"""The stores that work may touch, within one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.study.stores import Stores as Right

if TYPE_CHECKING:
    from domain.work.task import Tasks


class Stores(Right, Protocol):
    """What work may touch."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""
