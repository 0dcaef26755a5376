"""A meeting is found for whoever plans the work of its group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.meeting.model import Meeting, MeetingNotFound, MeetingOver, Roll
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import ChatId, MeetingId
    from domain.life.features import Stores
    from domain.people.actor import Actor


def group_of(stores: Stores, number: MeetingId) -> ChatId:
    """The group of a meeting. Raises MeetingNotFound."""
    meeting = stores.meetings.get(number)
    if meeting is None:
        raise MeetingNotFound
    return meeting.group


def roll_of(stores: Stores, meeting: Meeting) -> Roll:
    """A meeting with those who are to come, and who prepares what."""
    return Roll(meeting, stores.meetings.people(meeting.id), stores.preparers.of(meeting.id))


def managed(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """A meeting of the actor's group, for those who plan its work. Raises MeetingNotFound."""
    require(stores, actor, Permission.PLAN_WORK)
    meeting = stores.meetings.get(number)
    if meeting is None or meeting.group != actor.group.id:
        raise MeetingNotFound
    return roll_of(stores, meeting)


def running(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """The same, if it is not over. Raises MeetingNotFound, MeetingOver."""
    roll = managed(stores, actor, number=number)
    if roll.meeting.is_over:
        raise MeetingOver(meeting=roll.meeting)
    return roll
