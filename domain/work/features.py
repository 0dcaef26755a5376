"""The features of work, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.study.features import Stores as Right
from domain.work import task
from domain.work.task import amending, extending, extension

if TYPE_CHECKING:
    from domain.work.task import Tasks

FEATURES = declared_in(vars())


class Stores(amending.HasAmendments, extension.HasExtensions, Right, Protocol):
    """What work may touch."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""
