"""Goals on today's card: one's own that are due within a week or late, and that others do not roll up into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.people.permission import Permission, require
from domain.today import Part
from domain.work.goal.reading import whole
from domain.work.goal.tree import NEAR

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.work.features import Stores

SHOWN = 3  # goals; /goal shows the others
LOOKED_AT = 20


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The goals that come first, each with a button to report what was reached."""
    require(stores, actor, Permission.TAKE_PART)
    near = [one for one in stores.goals.of_owner(actor.member.id) if one.due - actor.today < NEAR]
    nodes = [whole(stores, one, actor.now) for one in near[:LOOKED_AT]]
    waiting = [one for one in nodes if not one.below and not one.is_reached]
    if not waiting:
        return None
    shown = waiting[:SHOWN]
    values = {"nodes": shown, "more": len(waiting) - len(shown), "today": actor.today}
    rows = [[Button("goal.report_button_of", Action("goal.report", one.goal.id), {"node": one})] for one in shown]
    return Part(Text("goal.today", values), rows)
