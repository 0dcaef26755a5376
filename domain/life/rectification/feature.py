"""What rectification contributes to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock.schedule import Days, Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import FindingId
from domain.life.rectification.card import DESK, NEWS, PAGE, current_desk, current_news, current_page
from domain.life.rectification.closing import CLOSED, task_ended
from domain.life.rectification.escalating import escalate
from domain.life.rectification.looking_back import CAME_BACK, ask
from domain.life.rectification.opening import OPENED
from domain.life.rectification.people import branch_closed, branch_reopened, left, merged
from domain.life.rectification.planning import DROPPED, EXTENDED, PLANNED
from domain.life.rectification.reporting import EXPORT, SECTION
from domain.life.rectification.sources import suggestion_step
from domain.life.rectification.today import tell
from domain.life.rectification.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from domain.life.features import Stores


def _called(stores: Stores, number: int) -> str | None:
    found = stores.findings.get(FindingId(number))
    return None if found is None else found.title


LOOK = Schedule("rectification.look", cron="10 9 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.MERGE)
LATE = Schedule(
    "rectification.late", cron="45 8 * * *", scope=Scope.ENTERPRISE, days=Days.WORKDAYS, late=Late.WITHIN_THE_DAY
)
FEATURE = Feature(
    "rectification",
    jobs=(EnterpriseJob(LOOK, ask, irreversible=True), EnterpriseJob(LATE, escalate, irreversible=True)),
    merged=merged,
    left=left,
    branch_closed=branch_closed,
    branch_reopened=branch_reopened,
    task_ended=task_ended,
    suggestion_step=suggestion_step,
    today=(Today(8, tell),),
    upcoming=(UPCOMING,),
    events=(CLOSED,),
    section=SECTION,
    export=EXPORT,
    audit=(OPENED, PLANNED, EXTENDED, DROPPED, CAME_BACK),
    named={"finding": _called},
    current={DESK: current_desk, PAGE: current_page, NEWS: current_news},
)
