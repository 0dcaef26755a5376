"""A meeting is moved to another time or place, and put into somebody's own calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.meeting import card
from domain.life.meeting.calling import Clash, clashes, tell_cards
from domain.life.meeting.looking import roll_of, running
from domain.life.meeting.model import (
    MAX_PLACE_CHARS,
    HasBegun,
    InThePast,
    Meeting,
    MeetingNotFound,
    Reply,
    Roll,
    State,
)
from domain.messaging.message import Message, Thread
from domain.people.permission import Permission, allows, require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MeetingId
    from domain.life.features import Stores
    from domain.people.actor import Actor

MOVED = AuditAction("meeting.moved")


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting as it is and as it would be, and who is asked to be elsewhere then."""

    old: Meeting
    new: Meeting
    clashes: Sequence[Clash]


def ready(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """A meeting that can be moved. Raises MeetingNotFound, MeetingOver, HasBegun."""
    roll = running(stores, actor, number=number)
    if roll.meeting.is_open:
        raise HasBegun
    return roll


def planned(stores: Stores, meeting: Meeting, starts_at: datetime, place: str) -> Move:
    """What moving a meeting would come to."""
    new = replace(meeting, starts_at=starts_at, place=plain.tidy(place)[:MAX_PLACE_CHARS])
    people = stores.meetings.people(meeting.id)
    return Move(meeting, new, [one for one in clashes(stores, people, starts_at) if one.meeting.id != meeting.id])


def move(stores: Stores, actor: Actor, *, number: MeetingId, starts_at: datetime, place: str) -> Roll:
    """Move a meeting: its notice is changed, and one line below it says so.

    Who has answered for another time is asked again. Raises InThePast, and what `ready` does.
    """
    old = ready(stores, actor, number=number).meeting
    if starts_at <= actor.now:
        raise InThePast
    plan = planned(stores, old, starts_at, place)
    if plan.new == old:
        return roll_of(stores, old)
    new = replace(plan.new, revision=old.revision + 1, reminded_at=None)
    stores.meetings.save(new)
    if new.starts_at != old.starts_at:
        _ask_again(stores, new)
    stores.audit.note(
        actor.member.id, MOVED, f"meeting:{new.id}", old=_words(actor, old), new=_words(actor, new), at=actor.heard_at
    )
    return _say(stores, actor, replace(plan, new=new))


def _words(actor: Actor, meeting: Meeting) -> str:
    return f"{actor.group.local(meeting.starts_at):%Y-%m-%d %H:%M} {meeting.place}"


def _ask_again(stores: Stores, meeting: Meeting) -> None:
    for one in stores.meetings.people(meeting.id):
        if one.reply is not Reply.NONE:
            stores.meetings.save_person(replace(one, reply=Reply.NONE, reason=""))


def _say(stores: Stores, actor: Actor, move: Move) -> Roll:
    meeting = move.new
    roll, key = roll_of(stores, meeting), f"moved:{meeting.revision}"
    card.refresh(stores, roll, key=key)
    thread = Thread(reply_to=stores.outbox.message_about(meeting.card))
    told = Message("meeting.moved", {"move": move})
    stores.outbox.send(meeting.group, told, key=f"{meeting.card}:{key}", thread=thread)
    tell_cards(stores, roll, actor.heard_at)
    return roll


def for_calendar(stores: Stores, actor: Actor, *, number: MeetingId) -> Meeting:
    """A meeting for the calendar of whoever may know its notice: who is to come, who is in its group, who plans there.

    Raises MeetingNotFound.
    """
    require(stores, actor, Permission.TAKE_PART)
    meeting = stores.meetings.get(number)
    if meeting is None or not _may_know(stores, actor, meeting):
        raise MeetingNotFound
    return meeting


def _may_know(stores: Stores, actor: Actor, meeting: Meeting) -> bool:
    if roll_of(stores, meeting).of(actor.member.id) is not None:
        return True
    there = replace(actor, chat=stores.chats.get(meeting.group))
    return stores.members.is_in(meeting.group, actor.member.id) or allows(stores, there, Permission.PLAN_WORK)


def is_off(meeting: Meeting) -> bool:
    """Whether a meeting was called off, so that it goes from calendars."""
    return meeting.state is State.CANCELLED
