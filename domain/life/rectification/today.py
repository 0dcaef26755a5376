"""Findings on today's card: what waits for a measure, and what is to be looked at again. What is done is a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.rectification.card import unplanned_of
from domain.messaging.message import Action, Button, Text
from domain.today import Part

if TYPE_CHECKING:
    from domain.life.features import Stores
    from domain.people.actor import Actor

SHOWN = 3


def tell(stores: Stores, actor: Actor) -> Part | None:
    """For whoever says what is done, and for whoever looks back."""
    new = unplanned_of(stores, actor.member, actor.now)
    looks = stores.findings.asked_of(actor.member.id)
    if not new and not looks:
        return None
    rows = [[Button("rectification.list_button", Action("rectification.list"))]] if new else []
    if looks:
        rows.append([Button("rectification.look_button", Action("rectification.looks"))])
    values = {"findings": new[:SHOWN], "count": len(new), "looks": len(looks)}
    return Part(Text("rectification.today", values), rows)
