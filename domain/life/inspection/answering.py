"""The inspected branch sees what was found and answers, before it is final."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.life.inspection import cards
from domain.life.inspection.leaving import tell_owner
from domain.life.inspection.model import MAX_WORDS_CHARS, Inspection, Sheet, Stage, desk
from domain.life.inspection.office import leads
from domain.life.inspection.opening import fit
from domain.life.inspection.wrong import (
    AlreadyAnswered,
    CannotInspect,
    InspectionNotFound,
    NoReason,
    OwnInspection,
    RoundOver,
)
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from datetime import date

    from domain.ids import InspectionId
    from domain.life.features import Stores
    from domain.people.actor import Actor


def shown(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """The scores of one's own branch that were handed in. Raises InspectionNotFound."""
    require(stores, actor, Permission.PLAN_WORK)
    found = stores.inspections.get(number)
    if found is None or not found.is_scored or not found.counts or not leads(stores, actor, found.of.id):
        raise InspectionNotFound
    return cards.sheet(stores, found)


def waiting(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """The same, while an answer is asked for. Raises InspectionNotFound, RoundOver, OwnInspection, AlreadyAnswered."""
    found = shown(stores, actor, number=number)
    if not found.round.is_running:
        raise RoundOver
    if found.inspection.inspector == actor.member.id:
        raise OwnInspection
    if found.inspection.stage is not Stage.HANDED_IN:
        raise AlreadyAnswered
    return found


def accept(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """Agree. Raises InspectionNotFound, RoundOver, OwnInspection, AlreadyAnswered."""
    return _answer(stores, actor, number, Stage.ACCEPTED, "")


def object_(stores: Stores, actor: Actor, *, number: InspectionId, words: str) -> Sheet:
    """Object, with words. Raises InspectionNotFound, RoundOver, AlreadyAnswered, NoReason."""
    said = plain.tidy(words)[:MAX_WORDS_CHARS]
    if not said:
        raise NoReason
    return _answer(stores, actor, number, Stage.OBJECTED, said)


def _answer(stores: Stores, actor: Actor, number: InspectionId, stage: Stage, words: str) -> Sheet:
    found = waiting(stores, actor, number=number)
    now = replace(found.inspection, stage=stage, words=words, answered_at=actor.heard_at, answered_by=actor.member.id)
    if stage is Stage.OBJECTED and not _is_there(stores, now, actor.today):
        now = replace(now, inspector=None)
    stores.inspections.save(now)
    done, key = replace(found, inspection=now), f"{stage.value}:{len(found.corrections)}"
    cards.show_answer(stores, done, key=key)
    cards.show_bureau(stores, done.round.id, key=f"{now.id}:{key}")
    _tell_inspector(stores, actor, done, key)
    stores.hooks.changed(actor.member.id, f"{now.card}:{key}", actor.heard_at)
    return done


def _is_there(stores: Stores, now: Inspection, day: date) -> bool:
    """Whether the inspector can still answer: they are there, and not of the branch by now."""
    if now.inspector is None or stores.members.get(now.inspector).private is None:
        return False
    try:
        fit(stores, now.inspector, now.of.id, day)
    except CannotInspect:
        return False
    return True


def _tell_inspector(stores: Stores, actor: Actor, done: Sheet, key: str) -> None:
    """The inspector's message shows it; an objection comes anew, at the end of their chat.

    Where the inspector is gone, whoever runs the round names somebody else.
    """
    now = done.inspection
    if now.inspector is None and now.stage is Stage.OBJECTED:
        tell_owner(stores, done.round, actor.heard_at)
    if now.inspector is None:
        return
    about = desk(done.round.id, now.inspector)
    if now.stage is Stage.OBJECTED:
        stores.outbox.delete(about, key=f"{about}:{now.id}:{key}:before")
    cards.show_desk(stores, done.round.id, now.inspector, key=f"{now.id}:{key}")
    stores.hooks.changed(now.inspector, f"{now.card}:{key}:told", actor.heard_at)
