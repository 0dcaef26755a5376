"""People answer the notice, and check in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.ids import MeetingId
from domain.life.checking import MAX_TRIES, Tried
from domain.life.meeting import card
from domain.life.meeting.model import (
    MAX_REASON_CHARS,
    Invited,
    Meeting,
    MeetingNotFound,
    MeetingOver,
    NoReason,
    NotInvited,
    NotOpen,
    Reply,
    Roll,
    State,
    WrongCode,
)
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.features import Stores
    from domain.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody who has checked in, now or `before`."""

    meeting: Meeting
    who: Invited
    before: bool


def own(stores: Stores, actor: Actor, *, number: MeetingId) -> tuple[Roll, Invited]:
    """A meeting that somebody is to attend, with their line.

    In a group without a roster whoever speaks there is one of those who come; while a vote goes on, how many are
    entitled stays as it is. Raises MeetingNotFound, NotInvited.
    """
    require(stores, actor, Permission.TAKE_PART)
    meeting = stores.meetings.get(number)
    if meeting is None:
        raise MeetingNotFound
    roll = Roll(meeting, stores.meetings.people(meeting.id))
    mine = roll.of(actor.member.id)
    if mine is None and actor.chat.id != meeting.group:
        raise MeetingNotFound
    if mine is not None:
        return roll, mine
    if meeting.branch is not None or not actor.member.is_person or meeting.is_over:
        raise NotInvited(private=False)
    votes = meeting.rule.votes and not stores.decisions.is_voting(meeting.id)
    stores.meetings.invite([Invited(0, meeting.id, None, actor.member.id, actor.member.name, votes)])
    roll = Roll(meeting, stores.meetings.people(meeting.id))
    return roll, roll.people[-1]


def come(stores: Stores, actor: Actor, *, number: MeetingId) -> Meeting:
    """Somebody says that they come. Raises MeetingNotFound, NotInvited, MeetingOver."""
    roll, mine = own(stores, actor, number=number)
    if roll.meeting.is_over:
        raise MeetingOver(meeting=roll.meeting)
    if mine.reply is not Reply.COMING:
        _answer(stores, actor, roll, replace(mine, reply=Reply.COMING, reason=""))
    return roll.meeting


def asked_away(stores: Stores, actor: Actor, *, number: MeetingId) -> Meeting:
    """The meeting for which somebody is about to take leave. Raises what `take_leave` does."""
    roll, _ = own(stores, actor, number=number)
    if roll.meeting.state is not State.CALLED:
        raise MeetingOver(meeting=roll.meeting)
    return roll.meeting


def take_leave(stores: Stores, actor: Actor, *, number: MeetingId, reason: str) -> Meeting:
    """Somebody takes leave with a reason, which those in charge read alone.

    Raises NoReason, MeetingNotFound, NotInvited, MeetingOver.
    """
    meeting = asked_away(stores, actor, number=number)
    words = plain.tidy(reason)[:MAX_REASON_CHARS]
    if not words:
        raise NoReason
    roll, mine = own(stores, actor, number=number)
    _answer(stores, actor, roll, replace(mine, reply=Reply.AWAY, reason=words))
    return meeting


def _answer(stores: Stores, actor: Actor, roll: Roll, changed: Invited) -> None:
    stores.meetings.save_person(changed)
    key = f"{changed.id}:{changed.reply}:{actor.heard_at.timestamp()}"
    card.refresh(stores, roll, key=key)
    stores.hooks.changed(actor.member.id, f"meeting:{roll.meeting.id}:{key}", actor.heard_at)


def check_in(stores: Stores, actor: Actor, *, number: MeetingId) -> Checked:
    """Somebody checks in by the button of the group's card. Raises MeetingNotFound, NotInvited, NotOpen."""
    roll, mine = own(stores, actor, number=number)
    if not (roll.meeting.is_open and roll.meeting.by_button):
        raise NotOpen(meeting=roll.meeting)
    return _present(stores, actor, roll, mine)


def open_to(stores: Stores, actor: Actor) -> list[Meeting]:
    """The open meetings at which somebody may check in by a code: theirs, and that of the group they write in."""
    require(stores, actor, Permission.TAKE_PART)
    found = [one for one in stores.meetings.of_member(actor.member.id) if one.is_open]
    if actor.chat.is_group:
        found += [one for one in stores.meetings.coming_in(actor.chat.id) if one.is_open and one not in found]
    return found


def _own_among(stores: Stores, actor: Actor, meetings: Sequence[Meeting]) -> list[tuple[Roll, Invited]]:
    """Those of some meetings that somebody is to attend. Raises NotInvited where it is none of them."""
    found: list[tuple[Roll, Invited]] = []
    for place, one in enumerate(meetings, 1):
        try:
            found.append(own(stores, actor, number=one.id))
        except NotInvited:
            if place == len(meetings) and not found:
                raise
    return found


def check_in_by_code(stores: Stores, actor: Actor, *, code: str) -> Checked | Tried:
    """Somebody checks in by the code that is shown in the room.

    A wrong one is counted at every open meeting of theirs. Raises NotOpen, NotInvited, and WrongCode once there were
    too many of them.
    """
    meetings = open_to(stores, actor)
    if not meetings:
        raise NotOpen(meeting=None)
    rolls = _own_among(stores, actor, meetings)
    tried = [(roll, mine) for roll, mine in rolls if mine.tries < MAX_TRIES or mine.is_present]
    if not tried:
        raise WrongCode(left=0)
    for roll, mine in tried:
        if roll.meeting.code == code:
            return _present(stores, actor, roll, mine)
    for _, mine in tried:
        stores.meetings.save_person(replace(mine, tries=mine.tries + 1))
    return Tried(max(0, MAX_TRIES - 1 - min(mine.tries for _, mine in tried)))


def _present(stores: Stores, actor: Actor, roll: Roll, mine: Invited) -> Checked:
    if mine.is_present:
        return Checked(roll.meeting, mine, before=True)
    there = replace(mine, present_at=actor.now)
    stores.meetings.save_person(there)
    card.refresh(stores, roll, key=f"present:{mine.id}")
    stores.hooks.changed(actor.member.id, f"meeting:{roll.meeting.id}:present", actor.heard_at)
    return Checked(roll.meeting, there, before=False)
