"""What trainings contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.feature import Feature
from domain.ids import TrainingId
from domain.life.training import sessions
from domain.life.training.past import IMPORTED
from domain.life.training.planning import PLANNED, WITHDRAWN
from domain.life.training.reporting import EXPORT, SECTION
from domain.life.training.today import tell
from domain.life.training.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.training.model import Trainings


class HasTrainings(Protocol):
    """Stores with this one among them."""

    @property
    def trainings(self) -> Trainings:
        """See `Trainings`."""


def _called(stores: Stores, number: int) -> str | None:
    training = stores.trainings.get(TrainingId(number))
    return None if training is None else training.subject


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    if awaited != known:
        stores.trainings.hand_over(awaited, known)


FEATURE = Feature(
    "training",
    today=(Today(16, tell),),
    upcoming=(UPCOMING,),
    audit=(PLANNED, WITHDRAWN, IMPORTED),
    events=(sessions.FINISHED,),
    section=SECTION,
    export=EXPORT,
    named={"training": _called},
    merged=_merged,
    meeting_ended=sessions.meeting_ended,
    test_done=sessions.test_done,
)
