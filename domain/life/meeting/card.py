"""The one card of a meeting in its group, and the private one of whoever has called it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.meeting.looking import roll_of
from domain.life.meeting.model import Roll, State
from domain.messaging.message import Action, Button, DeepLink, Message

if TYPE_CHECKING:
    from datetime import datetime

    from domain.life.features import Stores
    from domain.messaging.message import Buttons, Subject

AWAY_LINK, CALENDAR_LINK = "meeting_away_", "meeting_calendar_"


def card(roll: Roll) -> Message:
    """The notice, which becomes the place to check in and then tells how many came."""
    return Message("meeting.card", {"roll": roll}, _card_buttons(roll), roll.meeting.card)


def _card_buttons(roll: Roll) -> Buttons:
    meeting = roll.meeting
    away = Button("meeting.away_button", DeepLink(f"{AWAY_LINK}{meeting.id}"))
    calendar = DeepLink(f"{CALENDAR_LINK}{meeting.id}")
    if meeting.state is State.CALLED:
        come = Button("meeting.come_button", Action("meeting.come", meeting.id))
        return [[come, away, Button("meeting.calendar_button", calendar)]]
    if meeting.state is State.CANCELLED:
        return [[Button("meeting.uncalendar_button", calendar)]]
    if meeting.is_open and meeting.by_button:
        return [[Button("meeting.check_in_button", Action("meeting.check_in", meeting.id))]]
    return []


def desk(roll: Roll) -> Message:
    """How a meeting is run: check-in with its code, the list, its end."""
    return Message("meeting.desk", {"roll": roll}, _desk_buttons(roll), roll.meeting.desk)


def _desk_buttons(roll: Roll) -> Buttons:
    meeting = roll.meeting

    def button(text: str) -> Button:
        """A button whose action has the name of its label."""
        return Button(text, Action(text.removesuffix("_button"), meeting.id))

    people, write = button("meeting.list_button"), button("minutes.write_button")
    if meeting.state is State.CALLED:
        changing = [button("meeting.move_button"), button("meeting.cancel_button")]
        return [[button("meeting.open_button"), people], [*changing, button("meeting.calendar_button")]]
    if meeting.is_open:
        way = [] if meeting.by_button else [button("meeting.by_button_button")]
        first = [people, button("meeting.code_button"), *way]
        vote = [button("decision.new_button")] if meeting.rule.votes else []
        return [first, [*vote, write], [button("meeting.end_button")]]
    if meeting.state is State.CANCELLED:
        return []
    return [[people, write, *([button("minutes.document_button")] if meeting.minutes else [])]]


def refresh(stores: Stores, roll: Roll, *, key: str) -> None:
    """Both cards show how the meeting stands; they are edited every few seconds at most."""
    for about in (roll.meeting.card, roll.meeting.desk):
        stores.outbox.refresh(about, key=f"{about}:{key}")


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The group's card as it is now."""
    roll = _found(stores, about)
    return None if roll is None else card(roll)


def current_desk(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The private card as it is now."""
    roll = _found(stores, about)
    return None if roll is None else desk(roll)


def _found(stores: Stores, about: Subject) -> Roll | None:
    meeting = stores.meetings.get(MeetingId(about.ids[0]))
    return None if meeting is None else roll_of(stores, meeting)
