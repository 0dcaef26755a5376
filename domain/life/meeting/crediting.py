"""What a meeting that is over says of each of those who were to come: that they were there, or absent without leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.meeting.kinds import Kind
from domain.life.meeting.model import Roll
from domain.points import points
from domain.points.event import Event, EventName, Fact

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.meeting.model import Meeting
    from domain.points.event import FactValue

ATTENDED = Event(EventName("meeting.attended"), facts=(Fact("kind", str), Fact("late", bool)), is_own=False)
MISSED = Event(EventName("meeting.missed"), facts=(Fact("kind", str),), is_own=False)


def credit(stores: Stores, meeting: Meeting, at: datetime) -> None:
    """Report who was there and who was not, once; a training reports what came of it itself."""
    if meeting.kind is Kind.TRAINING:
        return
    roll, group = Roll(meeting, stores.meetings.people(meeting.id)), stores.chats.get(meeting.group)
    late, missing = {one.id for one in roll.late}, {one.id for one in roll.missing}
    for one in roll.people:
        if one.member is None or not (one.is_present or one.id in missing):
            continue
        event = ATTENDED if one.is_present else MISSED
        facts: dict[str, FactValue] = {"kind": meeting.kind.value}
        if one.is_present:
            facts["late"] = one.id in late
        points.award(stores, one.member, group, event, facts, source=_source(meeting), cause=_cause(meeting), at=at)


def excuse(stores: Stores, meeting: Meeting, member: MemberId, at: datetime) -> None:
    """There was a reason after all: absence without leave is taken back; nothing happens where none was reported."""
    points.reverse(stores, member, MISSED, source=_source(meeting), at=at)


def _source(meeting: Meeting) -> str:
    return f"meeting:{meeting.id}"


def _cause(meeting: Meeting) -> str:
    return meeting.agenda[0] if meeting.agenda else meeting.place
