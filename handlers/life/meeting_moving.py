"""A meeting is moved by a form in private, and sent as a file for calendars."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeetingId
from domain.life.meeting import moving
from domain.life.meeting.model import InThePast
from domain.messaging.message import Document, Message
from domain.people.permission import Permission
from handlers import documents
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.form import MOMENT, AskAgain, Ending, Field, Filled, Form, Told
from handlers.life.meeting_form import PLACE, ask_place, hear_place, hear_when
from handlers.life.meeting_list import manager
from handlers.messaging import form
from sheets.documents.calendar import Appointment, Status, write

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.meeting.model import Meeting
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ABOUT = "about"  # the draft's key for the meeting that is moved
LASTS = timedelta(hours=1)  # a notice does not say when a meeting ends
OWN = Permission.SEE_OWN


async def press_move(_: Update, context: Context) -> None:
    """Button of the private card: another time or place."""
    number = MeetingId(context.pressed.numbers(1)[0])
    there = await manager(context, number)
    roll = await context.read(partial(moving.ready, actor=there, number=number))
    await form.begin_at(context, FORM, there, known={ABOUT: str(number), PLACE.name: roll.meeting.place})
    context.acknowledge()


def _meeting(stores: Stores, filled: Filled) -> Meeting:
    found = stores.meetings.get(MeetingId(filled.number(ABOUT)))
    if found is None:
        raise ButtonExpired
    return found


def ask_when(stores: Stores, filled: Filled) -> Message:
    """Ask for the new day and time."""
    return Message("meeting.ask_new_when", {"meeting": _meeting(stores, filled)})


def preview(stores: Stores, filled: Filled) -> Message:
    """What would change, and who is asked to be elsewhere then."""
    found = moving.planned(stores, _meeting(stores, filled), filled[WHEN], filled[PLACE])
    return Message("meeting.preview_move", {"move": found})


async def move(context: Context, filled: Filled) -> Ending:
    """Move it. Raises AskAgain where the new time has come meanwhile."""
    if filled[WHEN] <= context.now:
        raise AskAgain(WHEN, InThePast())
    actor, wanted = context.actor, (filled[WHEN], filled[PLACE])

    def move_it(stores: Stores) -> Told:
        number = _meeting(stores, filled).id
        moving.move(stores, actor, number=number, starts_at=wanted[0], place=wanted[1])
        return Told()

    return move_it


WHEN = Field("when", MOMENT, "meeting.field_when", ask_when, hear_when)
WHERE = Field("where", PLACE.codec, "meeting.field_place", ask_place, hear_place)
FORM = Form("meeting_move", (WHEN, WHERE), Permission.PLAN_WORK, move, preview)


async def press_calendar(_: Update, context: Context) -> None:
    """Button of the private card: the file."""
    await send_calendar(context, MeetingId(context.pressed.numbers(1)[0]))
    context.acknowledge()


async def send_calendar(context: Context, number: MeetingId) -> None:
    """Send a meeting as a file for calendars; one that was called off takes it out of them. Raises MeetingNotFound."""
    found: Meeting = await context.read(partial(moving.for_calendar, actor=context.actor, number=number))
    content = await asyncio.to_thread(write, appointment(found, context))
    document = Document("meeting.calendar_name", "ics", content, {"meeting": found})
    await documents.send(context, document, Message("meeting.calendar_sent", {"meeting": found}))


def appointment(meeting: Meeting, context: Context) -> Appointment:
    """A meeting as calendars have it."""
    return Appointment(
        uid=f"meeting-{meeting.id}-{meeting.called_at:%Y%m%d%H%M%S}@{context.bot.username}",
        revision=meeting.revision,
        written_at=context.now,
        begins=meeting.starts_at,
        ends=meeting.starts_at + LASTS,
        title=context.label("meeting.calendar_title", meeting=meeting),
        place=meeting.place,
        notes="\n".join(f"{place}. {line}" for place, line in enumerate(meeting.agenda, 1)),
        status=Status.CANCELLED if moving.is_off(meeting) else Status.CONFIRMED,
    )


PRESSES = (
    PrivatePress("meeting.move", press_move, OWN),
    PrivatePress("meeting.calendar", press_calendar),
)
