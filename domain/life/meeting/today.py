"""Meetings on today's card."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.life.meeting.model import Invited, Meeting, Reply, Roll, State
from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.people.actor import Actor

MAX_MEETINGS = 3
AHEAD = timedelta(days=3)


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The meetings of the coming days that somebody is to attend, with the buttons to answer."""
    found: list[tuple[Meeting, Invited]] = []
    for meeting in stores.meetings.of_member(actor.member.id):
        mine = Roll(meeting, stores.meetings.people(meeting.id)).of(actor.member.id)
        if mine is not None and meeting.starts_at <= actor.now + AHEAD and _shows(meeting, mine):
            found.append((meeting, mine))
    if not found:
        return None
    asked = [one for one, mine in found[:MAX_MEETINGS] if one.state is State.CALLED and mine.reply is Reply.NONE]
    buttons = [
        [
            Button("meeting.come_button_of", Action("meeting.come", one.id), {"meeting": one}),
            Button("meeting.away_button", Action("meeting.away", one.id)),
        ]
        for one in asked
    ]
    return Part(Text("meeting.today", {"meetings": found[:MAX_MEETINGS]}), buttons)


def _shows(meeting: Meeting, mine: Invited) -> bool:
    return not mine.is_present and (mine.reply is not Reply.AWAY or meeting.state is State.OPEN)
