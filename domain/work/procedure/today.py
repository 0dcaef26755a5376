"""Procedures on today's card: runs that wait for a word about what they have taught, proposals for one of yes or no."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.today import Part
from domain.work.procedure.looking_back import to_decide

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.procedure.looking_back import Proposal

SHOWN = 3
AWAITED = timedelta(days=14)  # then nobody remembers what it was like


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The runs, each with a button."""
    runs = stores.lessons.awaited(actor.member.id, actor.heard_at - AWAITED)[:SHOWN]
    wishes = to_decide(stores, actor)[:SHOWN]
    if not runs and not wishes:
        return None
    rows = [[Button("procedure.look_back_of", Action("procedure.look_back", one.id), {"run": one})] for one in runs]
    for number, one in enumerate(wishes, 1):
        rows.append(_decide(one, number if len(wishes) > 1 else 0))
    return Part(Text("procedure.today", {"runs": runs, "proposals": wishes}), rows)


def _decide(one: Proposal, number: int) -> list[Button]:
    """The buttons that decide about a proposal; `number` tells several apart."""
    names = (
        ("procedure.accept_today_button", "procedure.accept"),
        ("procedure.decline_today_button", "procedure.decline"),
    )
    return [Button(text, Action(action, one.lesson.run), {"number": number}) for text, action in names]
