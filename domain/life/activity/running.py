"""An activity is moved, called off, held, and ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.activity import after, card
from domain.life.activity.levels import approvers
from domain.life.activity.looking import at_stage, managed, sheet_of
from domain.life.activity.model import (
    ENDS_AFTER,
    MAX_PLACE_CHARS,
    MAX_REASON_CHARS,
    REMINDS_BEFORE,
    Activity,
    Place,
    Resource,
    Sheet,
    Signup,
    State,
)
from domain.life.activity.planning import approval
from domain.life.activity.refusing import ActivityNotFound, InThePast, NotHeld, TooEarly
from domain.life.activity.signing import tell
from domain.life.checking import new_code
from domain.messaging.message import Message, Thread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import ActivityId, MemberId
    from domain.life.features import Stores
    from domain.people.actor import Actor

MOVED, CANCELLED = AuditAction("activity.moved"), AuditAction("activity.cancelled")
EVERY_MINUTES = 10
LATE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """An activity that was moved or called off, and how many were told in private."""

    activity: Activity
    people: int


def move(stores: Stores, actor: Actor, *, number: ActivityId, starts_at: datetime, place: str = "") -> Told:
    """Another beginning, and another place where one is given; what it needs and its deadlines move along.

    Deadlines that would be over end at the beginning. Raises ActivityNotFound, ActivityOver, InThePast.
    """
    before = at_stage(stores, actor, number, State.OPEN).activity
    if starts_at <= actor.now:
        raise InThePast
    step = starts_at - before.starts_at
    until = [one + step for one in (before.sign_up_until, before.sign_off_until)]
    up, off = (one if one > actor.now else starts_at for one in until)
    moved = replace(
        before,
        starts_at=starts_at,
        ends_at=before.ends_at + step,
        place=plain.tidy(place)[:MAX_PLACE_CHARS] or before.place,
        sign_up_until=up,
        sign_off_until=off,
        reminded_at=None,
    )
    stores.activities.save(moved)
    needed = [Resource(one.name, one.since + step, one.until + step) for one in stores.activities.resources(number)]
    stores.activities.put_resources(number, needed)
    return _changed(stores, actor, moved, MOVED, "activity.moved")


def cancel(stores: Stores, actor: Actor, *, number: ActivityId, reason: str = "") -> Told:
    """Call it off, or take a proposal back; what those who are there have got for it goes.

    Raises ActivityNotFound, ActivityOver.
    """
    sheet = at_stage(stores, actor, number, State.PROPOSED, State.RETURNED, State.OPEN, State.HELD)
    words = plain.tidy(reason)[:MAX_REASON_CHARS]
    gone = replace(sheet.activity, state=State.CANCELLED, reason=words, ended_at=actor.heard_at)
    asked = [one.id for one in approvers(stores, sheet.activity)] if sheet.activity.state is State.PROPOSED else []
    stores.activities.save(gone)
    for one in sheet.present:
        after.take_back(stores, gone, one.member, actor.heard_at)
    _withdraw(stores, gone, asked, actor.heard_at)
    return _changed(stores, actor, gone, CANCELLED, "activity.called_off")


def _withdraw(stores: Stores, activity: Activity, asked: Sequence[MemberId], at: datetime) -> None:
    """The cards of those who were asked to approve it say that it was taken back."""
    for one in asked:
        about = activity.asked(one)
        stores.outbox.edit(about, approval(stores, activity, one), key=f"{about}:off")
        stores.hooks.changed(one, f"activity:{activity.id}:off", at)


def _changed(stores: Stores, actor: Actor, activity: Activity, action: AuditAction, text: str) -> Told:
    """The cards say so, and those who have signed up are told, once."""
    subject, moment = f"activity:{activity.id}", actor.heard_at.timestamp()
    stores.audit.note(actor.member.id, action, subject, old=None, new=None, at=actor.heard_at)
    card.refresh(stores, activity, key=f"{action}:{moment}")
    told = [one for one in stores.activities.people(activity.id) if one.place is not Place.OUT]
    for one in told:
        tell(stores, activity, one, text, key=f"{action}:{moment}")
        stores.hooks.changed(one.member, f"{subject}:{action}:{moment}", actor.heard_at)
    return Told(activity, len(told))


def begin(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """Begin check-in. Raises ActivityNotFound, ActivityOver, TooEarly."""
    sheet = at_stage(stores, actor, number, State.OPEN, State.HELD)
    activity = sheet.activity
    if activity.is_held:
        return sheet
    if actor.now < activity.opens_at:
        raise TooEarly(activity=activity)
    return _shown(stores, replace(activity, state=State.HELD, code=new_code(), opened_at=actor.heard_at), "held")


def change_code(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """Another code holds from now on. Raises ActivityNotFound, NotHeld."""
    activity = _held(stores, actor, number)
    return _shown(stores, replace(activity, code=new_code(activity.code)), "code")


def put_button(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """The group's card gets a button to check in. Raises ActivityNotFound, NotHeld."""
    return _shown(stores, replace(_held(stores, actor, number), by_button=True), "button")


def _held(stores: Stores, actor: Actor, number: ActivityId) -> Activity:
    activity = managed(stores, actor, number=number).activity
    if not activity.is_held:
        raise NotHeld(activity=activity)
    return activity


def _shown(stores: Stores, activity: Activity, key: str) -> Sheet:
    stores.activities.save(activity)
    card.refresh(stores, activity, key=f"{key}:{activity.code}")
    return sheet_of(stores, activity)


def mark(stores: Stores, actor: Actor, *, number: ActivityId, who: int) -> Sheet:
    """Somebody is there, says whoever runs it; they get a seat where they had none.

    Nothing changes where it is so already: a second tap does not take back the first. Raises ActivityNotFound,
    ActivityOver.
    """
    sheet, found = _line(stores, actor, number, who)
    if not found.is_present:
        stores.activities.save_signup(replace(found, present_at=actor.now, place=Place.IN))
        group = stores.chats.get(sheet.activity.group)
        after.credit(stores, sheet.activity, group, found.member, actor.heard_at)
    return _marked(stores, actor, sheet, f"there:{who}")


def unmark(stores: Stores, actor: Actor, *, number: ActivityId, who: int) -> Sheet:
    """Somebody is not there after all. Raises ActivityNotFound, ActivityOver."""
    sheet, found = _line(stores, actor, number, who)
    if found.is_present:
        stores.activities.save_signup(replace(found, present_at=None))
        after.take_back(stores, sheet.activity, found.member, actor.heard_at)
    return _marked(stores, actor, sheet, f"away:{who}")


def _line(stores: Stores, actor: Actor, number: ActivityId, who: int) -> tuple[Sheet, Signup]:
    sheet = at_stage(stores, actor, number, State.HELD, State.ENDED)
    found = next((one for one in sheet.people if one.id == who), None)
    if found is None:
        raise ActivityNotFound
    return sheet, found


def _marked(stores: Stores, actor: Actor, sheet: Sheet, key: str) -> Sheet:
    card.refresh(stores, sheet.activity, key=f"{key}:{actor.heard_at.timestamp()}")
    return sheet_of(stores, sheet.activity)


def end(stores: Stores, actor: Actor, *, number: ActivityId) -> Sheet:
    """End it: who was there is asked how it was. Raises ActivityNotFound, ActivityOver."""
    sheet = at_stage(stores, actor, number, State.HELD)
    return _ended(stores, sheet.activity, actor.heard_at)


def _ended(stores: Stores, activity: Activity, at: datetime) -> Sheet:
    ended = replace(activity, state=State.ENDED, ended_at=at, by_button=False)
    sheet = _shown(stores, ended, "ended")
    for one in sheet.present:
        after.ask(stores, sheet.activity, one)
    return sheet


def tend(stores: Stores, at: datetime) -> None:
    """What the clock does: remind, show that sign-up is over, and end what nobody has ended."""
    for activity in stores.activities.current():
        if activity.state in (State.PROPOSED, State.RETURNED):
            _give_up(stores, activity, at)
        elif at >= activity.ends_at + ENDS_AFTER:
            _ended(stores, activity, at)
        elif activity.state is State.OPEN:
            _tend_open(stores, activity, at)


def _give_up(stores: Stores, activity: Activity, at: datetime) -> None:
    """One that was not approved before its beginning is off."""
    if at < activity.starts_at:
        return
    asked = [one.id for one in approvers(stores, activity)] if activity.state is State.PROPOSED else []
    gone = replace(activity, state=State.CANCELLED, ended_at=at)
    _shown(stores, gone, "over")
    _withdraw(stores, gone, asked, at)


def _tend_open(stores: Stores, activity: Activity, at: datetime) -> None:
    for until in (activity.sign_up_until, activity.sign_off_until):
        if at - LATE < until <= at:  # also where the program was down then; the key lets each be shown once
            card.refresh(stores, activity, key=f"until:{until.timestamp()}")
    if activity.reminded_at is None and activity.starts_at - REMINDS_BEFORE <= at < activity.starts_at:
        _remind(stores, activity, at)


def _remind(stores: Stores, activity: Activity, at: datetime) -> None:
    """One silent line below the card, and the private card anew, at the end of its chat."""
    reminded = replace(activity, reminded_at=at)
    stores.activities.save(reminded)
    if activity.proposed_at > activity.starts_at - REMINDS_BEFORE:
        return  # its card has just been read
    sheet = sheet_of(stores, reminded)
    thread = Thread(reply_to=stores.outbox.message_about(activity.card))
    message = Message("activity.reminder", {"sheet": sheet}, silent=True)
    key = f"{activity.card}:reminder:{activity.starts_at.timestamp()}"
    stores.outbox.send(activity.group, message, key=key, thread=thread)
    card.send_desk(stores, reminded, key=f"{activity.desk}:reminder:{activity.starts_at.timestamp()}")
