"""What team matches contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import MatchId
from domain.study.match.opening import OPENED, WITHDRAWN
from domain.study.match.reporting import EXPORT, SECTION
from domain.study.match.running import WON, run
from domain.study.match.today import manage, tell
from domain.study.menu import StudyEntry
from domain.today import Today

if TYPE_CHECKING:
    from domain.study.features import Stores
    from domain.study.match.model import Matches


class HasMatches(Protocol):
    """Stores with this one among them."""

    @property
    def matches(self) -> Matches:
        """See `Matches`."""


def _called(stores: Stores, number: int) -> str | None:
    match = stores.matches.get(MatchId(number))
    return None if match is None else match.name


RUN = Schedule("match.run", cron="*/10 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "match",
    jobs=(EnterpriseJob(RUN, run, irreversible=True),),
    today=(Today(31, tell),),
    study_menu=(StudyEntry(40, tell),),
    study_desk=(StudyEntry(40, manage),),
    audit=(OPENED, WITHDRAWN),
    events=(WON,),
    named={"match": _called},
    section=SECTION,
    export=EXPORT,
)
