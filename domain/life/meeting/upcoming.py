"""Meetings on the calendar of the coming two weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.meeting.model import Reply, Roll
from domain.messaging.message import Text
from domain.upcoming import Coming, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import ChatId, MemberId
    from domain.life.features import Stores
    from domain.life.meeting.model import Meeting
    from domain.upcoming import Days


def _in_group(stores: Stores, group: ChatId, days: Days) -> Sequence[Coming]:
    return [_coming(one) for one in stores.meetings.coming_in(group) if days.has(one.starts_at)]


def _of_member(stores: Stores, member: MemberId, days: Days) -> Sequence[Coming]:
    """Those that somebody is to attend and has not taken leave from."""
    near = [one for one in stores.meetings.of_member(member) if days.has(one.starts_at)]
    rolls = [Roll(one, stores.meetings.people(one.id)) for one in near]
    mine = [(roll.meeting, roll.of(member)) for roll in rolls]
    return [_coming(meeting) for meeting, line in mine if line is None or line.reply is not Reply.AWAY]


def _coming(meeting: Meeting) -> Coming:
    return Coming(meeting.starts_at, Text("meeting.upcoming", {"meeting": meeting}), meeting.card)


UPCOMING = Upcoming(10, _in_group, _of_member)
