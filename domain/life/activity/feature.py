"""What activities contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import ActivityId
from domain.life.activity import after, card, leaving, planning, running
from domain.life.activity.approving import RETURNED
from domain.life.activity.reporting import EXPORT, SECTION
from domain.life.activity.today import tell
from domain.life.activity.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from domain.life.activity.store import Activities
    from domain.life.features import Stores


class HasActivities(Protocol):
    """Stores with this one among them."""

    @property
    def activities(self) -> Activities:
        """See `Activities`."""


def _called(stores: Stores, number: int) -> str | None:
    activity = stores.activities.get(ActivityId(number))
    return None if activity is None else activity.title


TEND = Schedule("activity.tend", cron=f"*/{running.EVERY_MINUTES} * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "activity",
    jobs=(EnterpriseJob(TEND, running.tend),),
    left=leaving.left,
    forgotten=leaving.forgotten,
    today=(Today(12, tell),),
    upcoming=(UPCOMING,),
    audit=(planning.PROPOSED, planning.OPENED, RETURNED, running.MOVED, running.CANCELLED),
    events=(after.CAME,),
    section=SECTION,
    export=EXPORT,
    named={"activity": _called},
    current={"activity": card.current_card, "activity_desk": card.current_desk},
)
