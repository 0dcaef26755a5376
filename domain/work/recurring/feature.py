"""What recurring tasks contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import RecurringId
from domain.work.recurring.giving import run
from domain.work.recurring.keeping import BEGUN, CHANGED

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.work.features import Stores

# Each has a moment of its own, on its group's clock; this only looks which have come.
GIVING = Schedule("recurring.give", cron="*/5 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.recurring.hand_over(awaited, known)


def _called(stores: Stores, number: int) -> str | None:
    one = stores.recurring.get(RecurringId(number))
    return None if one is None else one.plan.title


FEATURE = Feature(
    "recurring",
    jobs=(EnterpriseJob(GIVING, run, irreversible=True),),
    merged=_merged,
    named={"recurring": _called},
    audit=(BEGUN, CHANGED),
)
