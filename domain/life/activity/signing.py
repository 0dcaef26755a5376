"""People sign up and off; who waits moves up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.activity import card, seats
from domain.life.activity.looking import known, sheet_of
from domain.life.activity.model import Activity, Place, Sheet, Signup
from domain.life.activity.refusing import NoRoom, NotSignedUp, SignOffOver, SignUpOver, TooMany
from domain.messaging.message import Action, Button, Message

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ids import ActivityId
    from domain.life.features import Stores
    from domain.people.actor import Actor


@dataclass(frozen=True, slots=True)
class Joined:
    """What somebody has got: a seat, or the `ahead` before them in the queue."""

    activity: Activity
    mine: Signup
    ahead: int = 0


def join(stores: Stores, actor: Actor, *, number: ActivityId, family: int) -> Joined:
    """Sign up, with so many of one's family; signed up already, change how many they are.

    Raises ActivityNotFound, SignUpOver, TooMany, NoRoom.
    """
    sheet = known(stores, actor, number=number)
    activity = sheet.activity
    if not activity.takes(actor.now) or not actor.member.is_person:
        raise SignUpOver(activity=activity)
    if not 0 <= family <= activity.family or (activity.capacity and 1 + family > activity.capacity):
        raise TooMany(activity=activity)
    mine = sheet.of(actor.member.id)
    if mine is not None and mine.place is not Place.OUT and mine.family == family:
        return _joined(sheet, mine)
    changed = _placed(activity, sheet, mine, actor, family)
    if mine is None:
        stores.activities.sign_up(changed)
    else:
        stores.activities.save_signup(changed)
    now = _settled(stores, activity, actor, f"{changed.place}:{family}")
    found = now.of(actor.member.id)
    return _joined(now, changed if found is None else found)


def _placed(activity: Activity, sheet: Sheet, mine: Signup | None, actor: Actor, family: int) -> Signup:
    others = [one for one in sheet.people if one is not mine]
    place = seats.place(activity.capacity, others, 1 + family)
    if mine is None:
        return Signup(0, activity.id, actor.member.id, actor.member.name, family, place, actor.heard_at)
    if mine.place is Place.IN and place is Place.WAITING:
        raise NoRoom(activity=activity, left=seats.left(activity.capacity, sheet.people))
    at = actor.heard_at if mine.place is Place.OUT else mine.at
    return replace(mine, family=family, place=place, at=at)


def _joined(sheet: Sheet, mine: Signup) -> Joined:
    queue = [one.id for one in sheet.waiting]
    return Joined(sheet.activity, mine, queue.index(mine.id) if mine.id in queue else 0)


def leave(stores: Stores, actor: Actor, *, number: ActivityId) -> Activity:
    """Sign off. Raises ActivityNotFound, NotSignedUp, SignOffOver."""
    sheet = known(stores, actor, number=number)
    mine = sheet.of(actor.member.id)
    if mine is None or mine.place is Place.OUT:
        raise NotSignedUp(activity=sheet.activity)
    if not sheet.activity.lets_go(actor.now):
        raise SignOffOver(activity=sheet.activity)
    stores.activities.save_signup(replace(mine, place=Place.OUT))
    _settled(stores, sheet.activity, actor, "out")
    return sheet.activity


def _settled(stores: Stores, activity: Activity, actor: Actor, key: str) -> Sheet:
    """Who waits and fits now moves up; the cards show it."""
    move_up(stores, activity, actor.heard_at)
    moment = f"{actor.member.id}:{key}:{actor.heard_at.timestamp()}"
    card.refresh(stores, activity, key=moment)
    stores.hooks.changed(actor.member.id, f"activity:{activity.id}:{moment}", actor.heard_at)
    return sheet_of(stores, activity)


def move_up(stores: Stores, activity: Activity, at: datetime) -> None:
    """Give free seats to those who wait; each is told in private, in one message."""
    for one in seats.moving_up(activity.capacity, stores.activities.people(activity.id)):
        stores.activities.save_signup(replace(one, place=Place.IN))
        moment = f"{one.id}:{at.timestamp()}"
        tell(stores, activity, one, "activity.moved_up", key=f"up:{moment}")
        stores.hooks.changed(one.member, f"activity:{activity.id}:up:{moment}", at)


def tell(stores: Stores, activity: Activity, one: Signup, text: str, *, key: str) -> None:
    """Tell somebody in private; whoever has not opened that chat reads the group's card alone.

    What was told before about the same activity goes: there is one message about it.
    """
    private = stores.members.get(one.member).private
    if private is None:
        return
    about = activity.told(one.member)
    off = Button("activity.leave_button", Action("activity.leave", activity.id))
    may_leave = one.place is not Place.OUT and not activity.is_over
    message = Message(text, {"activity": activity, "who": one}, [[off]] if may_leave else [], about)
    stores.outbox.delete(about, key=f"{about}:{key}:before")
    stores.outbox.send(private, message, key=f"{about}:{key}")
