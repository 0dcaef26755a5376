"""The features of work, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.study.features import Stores as Right
from domain.work import follow, task
from domain.work.task.digests import HasDigests

if TYPE_CHECKING:
    from domain.work.task import Tasks

FEATURES = declared_in(vars())


class Stores(HasDigests, follow.HasFollowUps, Right, Protocol):
    """What work may touch."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""
