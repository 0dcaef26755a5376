"""What meetings contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from domain.clock.schedule import Late, Schedule, Scope
from domain.feature import EnterpriseJob, Feature
from domain.ids import DecisionId, MeetingId
from domain.life.meeting import crediting, deciding, decision_card, excusing, moving, owed, preparing
from domain.life.meeting.calling import CALLED, CANCELLED
from domain.life.meeting.card import current_card, current_desk
from domain.life.meeting.holding import tend
from domain.life.meeting.reporting import EXPORT, SECTION
from domain.life.meeting.today import tell
from domain.life.meeting.upcoming import UPCOMING
from domain.today import Today

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.meeting.ballots import Ballots
    from domain.life.meeting.decision import Decisions
    from domain.life.meeting.preparing import Preparers
    from domain.life.meeting.stored import Meetings


class HasMeetings(Protocol):
    """Stores with this one among them."""

    @property
    def meetings(self) -> Meetings:
        """See `Meetings`."""

    @property
    def preparers(self) -> Preparers:
        """See `Preparers`."""

    @property
    def ballots(self) -> Ballots:
        """See `Ballots`."""

    @property
    def decisions(self) -> Decisions:
        """See `Decisions`."""


def _called(stores: Stores, number: int) -> str | None:
    meeting = stores.meetings.get(MeetingId(number))
    return None if meeting is None else f"{meeting.starts_at:%Y-%m-%d} {meeting.place}"


def _decided(stores: Stores, number: int) -> str | None:
    decision = stores.decisions.get(DecisionId(number))
    return None if decision is None else decision.title


def _merged(stores: Stores, awaited: MemberId, known: MemberId, _: datetime) -> None:
    stores.meetings.hand_over(awaited, known)
    stores.preparers.hand_over(awaited, known)


TEND = Schedule("meeting.tend", cron="*/10 * * * *", scope=Scope.ENTERPRISE, late=Late.MERGE)
FEATURE = Feature(
    "meeting",
    jobs=(EnterpriseJob(TEND, tend),),
    today=(Today(9, preparing.tell), Today(10, tell), Today(11, owed.tell)),
    upcoming=(UPCOMING,),
    audit=(CALLED, CANCELLED, moving.MOVED, excusing.EXCUSED, deciding.DECIDED, deciding.WITHDRAWN),
    meeting_ended=crediting.credit,
    events=(crediting.ATTENDED, crediting.MISSED),
    section=SECTION,
    export=EXPORT,
    merged=_merged,
    named={"meeting": _called, "decision": _decided},
    current={
        "meeting": current_card,
        "meeting_desk": current_desk,
        "decision": decision_card.current_card,
        "decision_desk": decision_card.current_desk,
        "ballot": decision_card.current_ballot,
    },
)
