"""The features of work, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.study.features import Stores as Right
from domain.work import task

if TYPE_CHECKING:
    from domain.work.task import Tasks
    from domain.work.task.evidence import Evidences

FEATURES = declared_in(vars())


class Stores(Right, Protocol):
    """What work may touch."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""

    @property
    def evidence(self) -> Evidences:
        """See `Evidences`."""
