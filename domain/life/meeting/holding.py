"""A meeting is held: check-in begins, those without a telephone are marked by hand, it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.life.checking import new_code
from domain.life.meeting import card, deciding
from domain.life.meeting.calling import caller_private
from domain.life.meeting.kinds import Audience
from domain.life.meeting.looking import managed, running
from domain.life.meeting.model import (
    ENDS_AFTER,
    REMINDS_BEFORE,
    MeetingNotFound,
    MeetingOver,
    NotOpen,
    Roll,
    State,
    TooEarly,
)
from domain.life.meeting.people import to_come
from domain.messaging.message import Message, Thread

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import MeetingId
    from domain.life.features import Stores
    from domain.life.meeting.model import Invited, Meeting
    from domain.people.actor import Actor


def open_(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """Begin check-in; who is to come, and who votes, is looked at once more and fixed.

    Raises MeetingNotFound, MeetingOver, TooEarly.
    """
    roll = running(stores, actor, number=number)
    meeting = roll.meeting
    if meeting.is_open:
        return roll
    if actor.now < meeting.opens_at:
        raise TooEarly(meeting=meeting)
    opened = replace(meeting, state=State.OPEN, code=new_code(), opened_at=actor.heard_at)
    stores.meetings.save(opened)
    _settle(stores, actor, roll)
    return _shown(stores, opened, "opened")


def _settle(stores: Stores, actor: Actor, roll: Roll) -> None:
    """Newcomers on the roster are to come, who has left it is not, and standing counts as it is now.

    Where the group has become another branch's since, those who were called are to come and nobody else.
    """
    if roll.meeting.audience is Audience.NAMED or roll.meeting.branch != actor.group.branch:
        return
    now = to_come(stores, actor.group, roll.meeting.kind, roll.meeting.audience)
    fresh = {_who(one): one for one in now}
    known = {_who(one): one for one in roll.people}
    stores.meetings.invite([replace(one, meeting=roll.meeting.id) for who, one in fresh.items() if who not in known])
    stores.meetings.uninvite([one.id for who, one in known.items() if who not in fresh and _is_gone(stores, roll, one)])
    for who, one in known.items():
        if who in fresh and fresh[who].entitled != one.entitled:
            stores.meetings.save_person(replace(one, entitled=fresh[who].entitled))


def _is_gone(stores: Stores, roll: Roll, one: Invited) -> bool:
    """Whether somebody who is not found any more has gone: from the roster, or without one from the group."""
    if roll.meeting.branch is not None or one.member is None:
        return True
    is_erased = stores.members.get(one.member).platform_id is None
    return is_erased or one.member in stores.members.gone(roll.meeting.group)


def _who(one: Invited) -> tuple[int | None, int | None]:
    return (one.person, None) if one.person is not None else (None, one.member)


def _shown(stores: Stores, meeting: Meeting, key: str) -> Roll:
    roll = Roll(meeting, stores.meetings.people(meeting.id))
    card.refresh(stores, roll, key=f"{key}:{meeting.code}")
    return roll


def change_code(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """Another code holds from now on. Raises MeetingNotFound, MeetingOver, NotOpen."""
    meeting = _open_one(stores, actor, number)
    changed = replace(meeting, code=new_code(meeting.code))
    stores.meetings.save(changed)
    return _shown(stores, changed, "code")


def put_button(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """The group's card gets a button to check in. Raises MeetingNotFound, MeetingOver, NotOpen."""
    changed = replace(_open_one(stores, actor, number), by_button=True)
    stores.meetings.save(changed)
    return _shown(stores, changed, "button")


def _open_one(stores: Stores, actor: Actor, number: MeetingId) -> Meeting:
    meeting = running(stores, actor, number=number).meeting
    if not meeting.is_open:
        raise NotOpen(meeting=meeting)
    return meeting


def mark(stores: Stores, actor: Actor, *, number: MeetingId, who: int) -> Roll:
    """Somebody is there, says whoever runs the meeting. Raises MeetingNotFound, MeetingOver, NotOpen."""
    return _noted(stores, actor, number, who, actor.now)


def unmark(stores: Stores, actor: Actor, *, number: MeetingId, who: int) -> Roll:
    """Somebody is not there after all, or has left. Raises MeetingNotFound, MeetingOver, NotOpen."""
    return _noted(stores, actor, number, who, None)


def _noted(stores: Stores, actor: Actor, number: MeetingId, who: int, at: datetime | None) -> Roll:
    """Nothing changes where it is so already: a second tap of a button does not take back the first."""
    meeting = _open_one(stores, actor, number)
    found = next((one for one in stores.meetings.people(number) if one.id == who), None)
    if found is None:
        raise MeetingNotFound
    if found.is_present is not (at is not None):
        stores.meetings.save_person(replace(found, present_at=at))
    return _shown(stores, meeting, f"marked:{who}:{found.is_present}:{actor.heard_at.timestamp()}")


def end(stores: Stores, actor: Actor, *, number: MeetingId) -> Roll:
    """End a meeting: nobody checks in any more. Raises MeetingNotFound, MeetingOver, VoteRunning."""
    roll = managed(stores, actor, number=number)
    if roll.meeting.state is not State.OPEN:
        raise MeetingOver(meeting=roll.meeting)
    deciding.check_none_runs(stores, number)
    return _ended(stores, roll.meeting, actor.heard_at)


def _ended(stores: Stores, meeting: Meeting, at: datetime) -> Roll:
    ended = replace(meeting, state=State.ENDED, ended_at=at, by_button=False)
    stores.meetings.save(ended)
    stores.hooks.meeting_ended(ended, at)
    return _shown(stores, ended, "ended")


def tend(stores: Stores, at: datetime) -> None:
    """What the clock does: remind an hour before, and end what nobody has ended."""
    for meeting in stores.meetings.current():
        if at >= meeting.starts_at + ENDS_AFTER:
            deciding.drop_running(stores, meeting.id, at)
            _ended(stores, meeting, at)
        elif meeting.state is State.CALLED and meeting.reminded_at is None and _is_near(meeting, at):
            _remind(stores, meeting, at)


def _is_near(meeting: Meeting, at: datetime) -> bool:
    return meeting.starts_at - REMINDS_BEFORE <= at < meeting.starts_at


def _remind(stores: Stores, meeting: Meeting, at: datetime) -> None:
    """One silent line below the notice, and the private card anew, at the end of its chat."""
    reminded = replace(meeting, reminded_at=at)
    stores.meetings.save(reminded)
    if meeting.called_at > meeting.starts_at - REMINDS_BEFORE:
        return  # its notice has just been read
    roll = Roll(reminded, stores.meetings.people(meeting.id))
    thread = Thread(reply_to=stores.outbox.message_about(meeting.card))
    reminder = Message("meeting.reminder", {"roll": roll}, silent=True)
    stores.outbox.send(meeting.group, reminder, key=f"{meeting.card}:reminder:{meeting.revision}", thread=thread)
    send_desk(stores, roll, key=f"{meeting.desk}:reminder:{meeting.revision}")


def send_desk(stores: Stores, roll: Roll, *, key: str) -> None:
    """The private card at the end of the chat of whoever has called the meeting, in place of the one before."""
    private = caller_private(stores, roll.meeting)
    if private is not None:
        stores.outbox.delete(roll.meeting.desk, key=f"{key}:before")
        stores.outbox.send(private, card.desk(roll), key=key)
