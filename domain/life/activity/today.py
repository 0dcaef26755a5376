"""Activities on today's card: what one can sign up for, what one has signed up for, what waits for approval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.life.activity import approving
from domain.life.activity.model import Activity, Place, Signup, State
from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.people.actor import Actor

MOST, GROUPS = 3, 10
AHEAD = timedelta(days=2)  # one that somebody has signed up for is told so long before


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Activities that one can still sign up for, with a button; and those of one's own that are near."""
    own = [(one, _mine(stores, one, actor)) for one in stores.activities.of_member(actor.member.id)]
    near = [(one, mine) for one, mine in own if mine and one.starts_at <= actor.now + AHEAD and not mine.is_present]
    fresh: list[tuple[Activity, Signup | None]] = [(one, None) for one in _open(stores, actor)]
    found = [*near, *fresh][:MOST]
    if not found:
        return None
    buttons = [
        [Button("activity.join_button_of", Action("activity.join", one.id, 0), {"activity": one})]
        for one, mine in found
        if mine is None
    ]
    return Part(Text("activity.today", {"activities": found}), buttons, waits=bool(near))


def _mine(stores: Stores, activity: Activity, actor: Actor) -> Signup | None:
    found = (one for one in stores.activities.people(activity.id) if one.member == actor.member.id)
    return next((one for one in found if one.place is not Place.OUT), None)


def _open(stores: Stores, actor: Actor) -> list[Activity]:
    """What is open in one's groups and one has said nothing about."""
    groups = stores.members.groups_of(actor.member.id, GROUPS)
    found = [one for group in groups for one in stores.activities.in_group(group.id, MOST) if one.takes(actor.now)]
    said = {one.id for one in found for who in stores.activities.people(one.id) if who.member == actor.member.id}
    return [one for one in found if one.id not in said]


def tell_approvals(stores: Stores, actor: Actor) -> Part | None:
    """The proposals that wait for somebody's word."""
    waiting = [one for one in approving.waiting(stores, actor) if one.state is State.PROPOSED]
    if not waiting:
        return None
    buttons = [
        [Button("activity.look_button", Action("activity.look", one.id), {"activity": one})] for one in waiting[:MOST]
    ]
    return Part(Text("activity.approvals", {"count": len(waiting)}), buttons)
