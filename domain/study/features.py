"""The features of study, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.points.features import Stores as Right
from domain.study import feature
from domain.study.day import feature as day
from domain.study.day.model import HasPlans

if TYPE_CHECKING:
    from domain.study.study import Studies

FEATURES = declared_in(vars())


class Stores(HasPlans, Right, Protocol):
    """What study may touch."""

    @property
    def studies(self) -> Studies:
        """See `Studies`."""
