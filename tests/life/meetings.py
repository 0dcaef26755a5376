"""A meeting and a vote for tests."""

from datetime import datetime, timedelta
from typing import Any

from domain.ids import DecisionId, MeetingId, MemberId
from domain.life.meeting.decision import Decision, Way
from domain.life.meeting.kinds import Audience, Kind
from domain.life.meeting.model import Invited, Meeting, State
from domain.life.meeting.quorum import Count
from domain.messaging.chat import Chat

HOUR = timedelta(hours=1)


def meeting(stores: Any, group: Chat, caller: MemberId, at: datetime, **more: Any) -> Meeting:
    """An open assembly of a group's branch that its caller is to attend, in an hour."""
    values: dict[str, Any] = {"state": State.OPEN, "code": "0417", "opened_at": at, **more}
    kind, who = values.pop("kind", Kind.ASSEMBLY), Audience.PARTY
    starts_at = values.pop("starts_at", at + HOUR)
    new = Meeting(MeetingId(0), group.id, group.branch, kind, starts_at, "一楼", ("补助",), who, caller, at, **values)
    made: Meeting = stores.meetings.add(new, f"test:{kind}:{starts_at}")
    stores.meetings.invite([Invited(0, made.id, None, caller, "", entitled=True)])
    return made


def decision(stores: Any, one: Meeting, at: datetime, way: Way = Way.OPEN) -> Decision:
    """A vote of a meeting that goes on."""
    new = Decision(DecisionId(0), one.id, one.group, "补助", "", way, Count(3), at, present=3)
    made: Decision = stores.decisions.add(new, f"test:{one.id}:{way}")
    return made
