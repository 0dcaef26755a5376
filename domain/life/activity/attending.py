"""People check in, by a button of the group's card or by the code that is shown on the spot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.activity import after, card
from domain.life.activity.looking import known, sheet_of
from domain.life.activity.model import Activity, Place, Sheet, Signup
from domain.life.activity.refusing import NotHeld, NotSignedUp, TooManyTries
from domain.life.checking import MAX_TRIES, Tried
from domain.life.meeting import attending as meetings
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import ActivityId
    from domain.life.features import Stores
    from domain.life.meeting.attending import Checked as AtMeeting
    from domain.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody who has checked in, now or `before`."""

    activity: Activity
    who: Signup
    before: bool


def check_in(stores: Stores, actor: Actor, *, number: ActivityId) -> Checked:
    """Check in by the button. Raises ActivityNotFound, NotHeld, NotSignedUp."""
    sheet = known(stores, actor, number=number)
    if not (sheet.activity.is_held and sheet.activity.by_button):
        raise NotHeld(activity=sheet.activity)
    mine = sheet.of(actor.member.id)
    if mine is None or mine.place is not Place.IN:
        raise NotSignedUp(activity=sheet.activity)
    return _present(stores, actor, sheet, mine)


def open_to(stores: Stores, actor: Actor) -> list[Activity]:
    """The activities at which somebody may check in by a code: those for which they have a seat."""
    require(stores, actor, Permission.TAKE_PART)
    return [one for one in stores.activities.of_member(actor.member.id) if one.is_held]


def check_in_by_code(stores: Stores, actor: Actor, *, code: str) -> Checked | AtMeeting | Tried:
    """Check in by a code: at an activity, else at a meeting that goes on at the same time.

    A wrong one is counted at all of them. Raises NotHeld, TooManyTries, and what the meeting's check-in does.
    """
    held = open_to(stores, actor)
    if not held:
        raise NotHeld(activity=None)
    lines = [(sheet_of(stores, one), one) for one in held]
    tried = [(sheet, sheet.of(actor.member.id)) for sheet, _ in lines]
    may = [(sheet, mine) for sheet, mine in tried if mine is not None and (mine.tries < MAX_TRIES or mine.is_present)]
    for sheet, mine in may:
        if sheet.activity.code == code:
            return _present(stores, actor, sheet, mine)
    for _, mine in may:
        stores.activities.save_signup(replace(mine, tries=mine.tries + 1))
    if meetings.open_to(stores, actor):
        return meetings.check_in_by_code(stores, actor, code=code)
    if not may:
        raise TooManyTries
    return Tried(max(0, MAX_TRIES - 1 - min(mine.tries for _, mine in may)))


def _present(stores: Stores, actor: Actor, sheet: Sheet, mine: Signup) -> Checked:
    if mine.is_present:
        return Checked(sheet.activity, mine, before=True)
    there = replace(mine, present_at=actor.now)
    stores.activities.save_signup(there)
    group = stores.chats.get(sheet.activity.group)
    after.credit(stores, sheet.activity, group, mine.member, actor.heard_at)
    card.refresh(stores, sheet.activity, key=f"present:{mine.id}")
    stores.hooks.changed(mine.member, f"activity:{sheet.activity.id}:present", actor.heard_at)
    return Checked(sheet.activity, there, before=False)
