"""An inspector says that they have an interest in the branch: somebody else inspects, and the pair is barred."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.inspection import cards
from domain.life.inspection.leaving import hand_over
from domain.life.inspection.model import MAX_NOTE_CHARS, Sheet
from domain.life.inspection.scoring import own
from domain.life.inspection.wrong import NoReason, NotScoring, RoundOver
from domain.messaging.message import Action, Button, Message

if TYPE_CHECKING:
    from domain.ids import InspectionId
    from domain.life.features import Stores
    from domain.people.actor import Actor

RECUSED = AuditAction("inspection.recused")


def recusable(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """What somebody inspects, while points or the answer to an objection are missing.

    Raises InspectionNotFound, RoundOver, NotScoring.
    """
    found = own(stores, actor, number=number)
    if not found.round.is_running:
        raise RoundOver
    if not found.inspection.awaits_inspector:
        raise NotScoring
    return found


def recuse(stores: Stores, actor: Actor, *, number: InspectionId, reason: str) -> Sheet:
    """Inspect a branch no longer; whoever runs the round reads why and names somebody else.

    The two branches do not inspect each other in the next rounds either, unless that is changed. Raises
    InspectionNotFound, RoundOver, NotScoring, NoReason.
    """
    found, words = recusable(stores, actor, number=number), plain.tidy(reason)[:MAX_NOTE_CHARS]
    if not words:
        raise NoReason
    one = found.inspection
    stores.inspections.save(replace(one, inspector=None, item=0))
    barred = replace(found.round, conflicts=found.round.conflicts | {(one.by.id, one.of.id)})
    stores.inspections.save_round(barred)
    stores.audit.note(actor.member.id, RECUSED, f"inspection:{number}", old=None, new=None, at=actor.heard_at)
    key = f"recused:{number}:{actor.heard_at.timestamp()}"
    cards.show_desk(stores, found.round.id, actor.member.id, key=key)
    cards.show_bureau(stores, found.round.id, key=key)
    owner = stores.members.get(hand_over(stores, barred).owner)
    button = Button("inspection.assign_button", Action("inspection.assign", number), {"inspection": one})
    message = Message("inspection.recused", {"inspection": one, "reason": words}, [[button]])
    if owner.private is not None:
        stores.outbox.send(owner.private, message, key=f"inspection:{key}:{actor.member.id}")
    stores.hooks.changed(owner.id, f"inspection:{key}:owner", actor.heard_at)
    stores.hooks.changed(actor.member.id, f"inspection:{key}", actor.heard_at)
    return found
