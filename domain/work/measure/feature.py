"""What measures contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import MeasureId
from domain.today import Today
from domain.work.measure.checking import check, left, merged, tell
from domain.work.measure.service import BEGUN, DECIDED

if TYPE_CHECKING:
    from domain.work.features import Stores


def _called(stores: Stores, number: int) -> str | None:
    measure = stores.measures.get(MeasureId(number))
    return None if measure is None else measure.text


# A check that falls on a day off is made on the next workday.
CHECK = Schedule("measure.check", cron="40 8 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.MERGE)
FEATURE = Feature(
    "measure",
    jobs=(EnterpriseJob(CHECK, check, irreversible=True),),
    merged=merged,
    left=left,
    today=(Today(27, tell),),
    audit=(BEGUN, DECIDED),
    named={"measure": _called},
)
