"""Rounds on today's card: those that one has not submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.today import Part
from domain.voice.questionnaire.audience import includes
from domain.voice.questionnaire.round import Progress

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.voice.features import Stores

SHOWN = 3  # rounds


def tell(stores: Stores, actor: Actor) -> Part | None:
    """Open rounds, with a button to answer each."""
    own = actor.member.id
    mine = [one for one in stores.rounds.open_at(actor.now) if includes(stores, one.audience, own)]
    progress = [(one, stores.responses.progress(one, own)) for one in mine]
    waiting = [(one, known is not None) for one, known in progress if known is not Progress.SUBMITTED]
    if not waiting:
        return None
    shown = waiting[:SHOWN]
    values = {"rounds": shown, "more": len(waiting) - len(shown), "at": actor.now}
    rows = [
        [Button("questionnaire.today_button", Action("round.open", one.id), {"title": one.questionnaire.title})]
        for one, _ in shown
    ]
    return Part(Text("questionnaire.today", values), rows)
