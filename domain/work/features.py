"""The features of work, and the stores that they may touch; a new feature is one line among the imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import declared_in
from domain.study.features import Stores as Right
from domain.work import follow, goal, lean, measure, procedure, recurring, responsibility, task
from domain.work.lean.model import HasLean
from domain.work.measure.model import HasMeasures
from domain.work.procedure.lesson import HasLessons
from domain.work.procedure.model import HasProcedures
from domain.work.task import amending, extending, extension
from domain.work.task.digests import HasDigests

if TYPE_CHECKING:
    from domain.work.task import Tasks
    from domain.work.task.evidence import Evidences

FEATURES = declared_in(vars())


class Stores(
    amending.HasAmendments,
    HasDigests,
    extension.HasExtensions,
    follow.HasFollowUps,
    goal.HasGoals,
    HasLean,
    HasLessons,
    HasMeasures,
    HasProcedures,
    recurring.HasRecurring,
    Right,
    Protocol,
):
    """What work may touch."""

    @property
    def evidence(self) -> Evidences:
        """See `Evidences`."""

    @property
    def tasks(self) -> Tasks:
        """See `Tasks`."""
