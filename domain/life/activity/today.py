"""Activities on today's card: what one can sign up for, what one has signed up for, what waits for approval."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.life.activity import approving
from domain.life.activity.model import Activity, Place, Signup
from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.people.actor import Actor

MAX_ACTIVITIES, GROUPS = 3, 10
AHEAD = timedelta(days=2)  # one that somebody has signed up for is told so long before


def tell(stores: Stores, actor: Actor) -> Part | None:
    """What waits for one's approval, what one can still sign up for, and those of one's own that are near."""
    own = [(one, _mine(stores, one, actor)) for one in stores.activities.of_member(actor.member.id)]
    near = [(one, mine) for one, mine in own if mine and one.starts_at <= actor.now + AHEAD and not mine.is_present]
    fresh: list[tuple[Activity, Signup | None]] = [(one, None) for one in _open(stores, actor)]
    found, waiting = [*near, *fresh][:MAX_ACTIVITIES], approving.waiting(stores, actor)
    if not (found or waiting):
        return None
    join = [
        [Button("activity.join_button_of", Action("activity.join", one.id, 0), {"activity": one})]
        for one, mine in found
        if mine is None
    ]
    look = [
        [Button("activity.look_button", Action("activity.look", one.id), {"activity": one})]
        for one in waiting[:MAX_ACTIVITIES]
    ]
    values = {"activities": found, "approvals": len(waiting)}
    return Part(Text("activity.today", values), [*look, *join], waits=bool(near or waiting))


def _mine(stores: Stores, activity: Activity, actor: Actor) -> Signup | None:
    found = (one for one in stores.activities.people(activity.id) if one.member == actor.member.id)
    return next((one for one in found if one.place is not Place.OUT), None)


def _open(stores: Stores, actor: Actor) -> list[Activity]:
    """What is open in one's groups and one has said nothing about."""
    groups = stores.members.groups_of(actor.member.id, GROUPS)
    found = [
        one for group in groups for one in stores.activities.in_group(group.id, MAX_ACTIVITIES) if one.takes(actor.now)
    ]
    said = {one.id for one in found for who in stores.activities.people(one.id) if who.member == actor.member.id}
    return [one for one in found if one.id not in said]
