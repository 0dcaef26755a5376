"""Whoever runs a round names somebody else to inspect, or lets an inspection not count."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.life.inspection import cards
from domain.life.inspection.model import Stage
from domain.life.inspection.office import running
from domain.life.inspection.opening import fit
from domain.life.inspection.progress import progress
from domain.life.inspection.wrong import InspectionNotFound, NotScoring
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import InspectionId, MemberId
    from domain.life.features import Stores
    from domain.life.inspection.cards import Progress
    from domain.life.inspection.model import Inspection, Round, Sheet
    from domain.people.actor import Actor

ASSIGNED, DROPPED = AuditAction("inspection.assigned"), AuditAction("inspection.dropped")


def _one(stores: Stores, actor: Actor, number: InspectionId) -> tuple[Round, Inspection]:
    """An inspection of a round that somebody runs. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    require(stores, actor, Permission.PLAN_WORK)
    known = stores.inspections.get(number)
    if known is None:
        raise InspectionNotFound
    found, _ = running(stores, actor, number=known.round)
    return found, known


def looked_at(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """An inspection for whoever runs its round. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    _, known = _one(stores, actor, number)
    return cards.sheet(stores, known)


def assign(stores: Stores, actor: Actor, *, number: InspectionId, member: MemberId) -> Progress:
    """Somebody else inspects, or answers an objection; points that were given so far stay.

    Raises InspectionNotFound, RoundNotFound, RoundOver, NotScoring, CannotInspect.
    """
    _, known = _one(stores, actor, number)
    if not known.awaits_inspector:
        raise NotScoring
    to = fit(stores, member, known.of.id, actor.today)
    stores.inspections.save(replace(known, inspector=to.id, item=0))
    before = None if known.inspector is None else f"member:{known.inspector}"
    _note(stores, actor, ASSIGNED, known, (before, f"member:{to.id}"))
    for one in {known.inspector, to.id} - {None}:
        cards.show_desk(stores, known.round, one, key=f"assigned:{known.id}:{actor.heard_at.timestamp()}")
    stores.hooks.changed(to.id, f"inspection:{number}:assigned:{actor.heard_at.timestamp()}", actor.heard_at)
    return progress(stores, actor, number=known.round)


def drop(stores: Stores, actor: Actor, *, number: InspectionId) -> Progress:
    """An inspection does not count. Raises InspectionNotFound, RoundNotFound, RoundOver."""
    _, known = _one(stores, actor, number)
    stores.inspections.save(replace(known, stage=Stage.DROPPED, item=0))
    _note(stores, actor, DROPPED, known, (None, None))
    stores.outbox.delete(known.card, key=f"{known.card}:dropped")
    cards.show_desk(stores, known.round, known.inspector, key=f"dropped:{known.id}")
    return progress(stores, actor, number=known.round)


def _note(
    stores: Stores, actor: Actor, what: AuditAction, one: Inspection, change: tuple[str | None, str | None]
) -> None:
    old, new = change
    stores.audit.note(actor.member.id, what, f"inspection:{one.id}", old=old, new=new, at=actor.heard_at)
