"""Procedures on today's card: runs that are done and wait for a word about what they have taught."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.work.features import Stores

SHOWN = 3
AWAITED = timedelta(days=14)  # then nobody remembers what it was like


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The runs, each with a button."""
    runs = stores.lessons.awaited(actor.member.id, actor.heard_at - AWAITED)[:SHOWN]
    if not runs:
        return None
    rows = [[Button("procedure.look_back_of", Action("procedure.look_back", one.id), {"run": one})] for one in runs]
    return Part(Text("procedure.today", {"runs": runs}), rows)
