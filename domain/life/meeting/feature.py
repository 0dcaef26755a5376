"""What meetings contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import DecisionId, MeetingId
from domain.life.meeting import deciding, owed
from domain.life.meeting.calling import CALLED, CANCELLED
from domain.life.meeting.card import drawn_card, drawn_desk
from domain.life.meeting.holding import tend
from domain.life.meeting.reporting import EXPORT, SECTION
from domain.life.meeting.today import tell
from domain.life.meeting.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.life.meeting.decision import Decisions
    from domain.life.meeting.model import Meetings


class HasMeetings(Protocol):
    """Stores with this one among them."""

    @property
    def meetings(self) -> Meetings:
        """See `Meetings`."""

    @property
    def decisions(self) -> Decisions:
        """See `Decisions`."""


def _called(stores: Stores, number: int) -> str | None:
    meeting = stores.meetings.get(MeetingId(number))
    return None if meeting is None else f"{meeting.starts_at:%Y-%m-%d} {meeting.place}"


def _decided(stores: Stores, number: int) -> str | None:
    decision = stores.decisions.get(DecisionId(number))
    return None if decision is None else decision.title


TEND = Schedule("meeting.tend", cron="*/10 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "meeting",
    jobs=(EnterpriseJob(TEND, tend),),
    today=(Today(10, tell), Today(11, owed.tell)),
    upcoming=(UPCOMING,),
    audit=(CALLED, CANCELLED, deciding.DECIDED, deciding.WITHDRAWN),
    section=SECTION,
    export=EXPORT,
    named={"meeting": _called, "decision": _decided},
    drawn={
        "meeting": drawn_card,
        "meeting_desk": drawn_desk,
        "decision": deciding.drawn_card,
        "decision_desk": deciding.drawn_desk,
    },
)
