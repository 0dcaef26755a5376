"""What tasks contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.work.task.reminding import remind

if TYPE_CHECKING:
    from domain.ids import MemberId
    from domain.work.stores import Stores

# To the minute; quiet hours are part of each task's own plan.
REMINDING = Schedule("task.remind", cron="* * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)


def _merged(stores: Stores, awaited: MemberId, known: MemberId) -> None:
    stores.tasks.hand_over(awaited, known)


FEATURE = Feature("task", jobs=(EnterpriseJob(REMINDING, remind),), merged=_merged)
