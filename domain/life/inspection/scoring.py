"""An inspector scores item by item, hands in, corrects, and answers an objection."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.life.inspection import cards
from domain.life.inspection.model import MAX_NOTE_CHARS, MAX_WORDS_CHARS, Correction, Inspection, Score, Sheet, Stage
from domain.life.inspection.office import is_of, secretary_of
from domain.life.inspection.wrong import (
    Incomplete,
    InspectionNotFound,
    NoObjection,
    NoReason,
    NotHandedIn,
    NothingChanged,
    NotScoring,
    OwnBranch,
    RoundOver,
)
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from domain.ids import InspectionId
    from domain.life.features import Stores
    from domain.life.inspection.rubric import Item
    from domain.messaging.message import Attached
    from domain.people.actor import Actor

CORRECTED, HANDED_IN = AuditAction("inspection.corrected"), AuditAction("inspection.handed_in")


def own(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """What somebody inspects. Raises InspectionNotFound for what others do."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.inspections.get(number)
    if found is None or found.inspector != actor.member.id or not found.counts:
        raise InspectionNotFound
    return cards.sheet(stores, found)


def _running(stores: Stores, actor: Actor, number: InspectionId) -> Sheet:
    """Raises InspectionNotFound, RoundOver, OwnBranch for who has come into the inspected branch since."""
    found = own(stores, actor, number=number)
    if not found.round.is_running:
        raise RoundOver
    if is_of(stores, actor.member.id, found.inspection.of.id):
        raise OwnBranch(branch=found.inspection.of.name)
    return found


def _scoring(stores: Stores, actor: Actor, number: InspectionId) -> Sheet:
    """Raises InspectionNotFound, RoundOver, NotScoring."""
    found = _running(stores, actor, number)
    if found.inspection.stage is not Stage.SCORING:
        raise NotScoring
    return found


def _item(found: Sheet, number: int) -> Item:
    """Raises InspectionNotFound for a forged number."""
    item = found.round.rubric.item(number)
    if item is None:
        raise InspectionNotFound
    return item


def _look_at(stores: Stores, actor: Actor, found: Sheet, item: int) -> Inspection:
    """The inspector's message shows an item of this inspection, 0 for none, and of no other."""
    for other in stores.inspections.of_inspector(actor.member.id):
        if other.round == found.round.id and other.item and other.id != found.inspection.id:
            stores.inspections.save(replace(other, item=0))
    now = replace(found.inspection, item=item)
    stores.inspections.save(now)
    return now


def turn(stores: Stores, actor: Actor, *, number: InspectionId, item: int) -> Sheet:
    """Show an item, 0 for the list of all. Raises InspectionNotFound, RoundOver, NotScoring."""
    found = _scoring(stores, actor, number)
    if item:
        _item(found, item)
    return replace(found, inspection=_look_at(stores, actor, found, item))


def score(stores: Stores, actor: Actor, *, number: InspectionId, item: int, points: int) -> Sheet:
    """Give an item its points; full points go on to the next item that has none.

    Raises InspectionNotFound, RoundOver, NotScoring.
    """
    found = _scoring(stores, actor, number)
    most = _item(found, item).points
    if not 0 <= points <= most:
        raise InspectionNotFound
    before = found.scores.get(item)
    given = Score(item, points) if before is None else replace(before, points=points)
    stores.inspections.put_score(number, given)
    now = replace(found, scores={**found.scores, item: given})
    shown = _next(now, item) if points == most and not given.note else item
    return replace(now, inspection=_look_at(stores, actor, now, shown))


def _next(found: Sheet, item: int) -> int:
    """The next item without points, from here on round; 0 where there is none."""
    later = [one for one in found.missing if one > item]
    return (later or found.missing or [0])[0]


def note(
    stores: Stores, actor: Actor, *, number: InspectionId, item: int, words: str, file: Attached | None = None
) -> Sheet:
    """Say what was found at an item that has points; it goes on to the next one. A file stays until another comes.

    Raises InspectionNotFound, RoundOver, NotScoring, NoReason, Incomplete.
    """
    found = _scoring(stores, actor, number)
    before = found.scores.get(item)
    if before is None:
        raise Incomplete(missing=[item])
    said = plain.tidy(words)[:MAX_NOTE_CHARS]
    if not said and not file and not before.note:
        raise NoReason
    given = replace(before, note=said or before.note, file=file or before.file)
    stores.inspections.put_score(number, given)
    now = replace(found, scores={**found.scores, item: given})
    return replace(now, inspection=_look_at(stores, actor, now, _next(now, item)))


def hand_in(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """All items have points: the inspected branch sees them.

    Raises InspectionNotFound, RoundOver, NotScoring, Incomplete.
    """
    found = _scoring(stores, actor, number)
    if found.missing:
        raise Incomplete(missing=found.missing)
    now = replace(found.inspection, stage=Stage.HANDED_IN, handed_in_at=actor.heard_at, item=0)
    stores.inspections.save(now)
    stores.audit.note(
        actor.member.id, HANDED_IN, f"inspection:{number}", old=None, new=str(found.total), at=actor.heard_at
    )
    done = replace(found, inspection=now)
    tell_inspected(stores, actor, done, key="handed_in")
    stores.hooks.changed(actor.member.id, f"inspection:{number}:handed_in", actor.heard_at)
    return done


def tell_inspected(stores: Stores, actor: Actor, found: Sheet, *, key: str) -> None:
    """The secretary of the inspected branch reads it anew, at the end of their chat."""
    cards.show_bureau(stores, found.round.id, key=f"{found.inspection.id}:{key}")
    about, secretary = found.inspection.card, secretary_of(stores, found.inspection.of.id)
    stores.outbox.delete(about, key=f"{about}:{key}:before")
    if secretary is None:
        return
    if secretary.private is not None:
        stores.outbox.send(secretary.private, cards.answer_card(found), key=f"{about}:{key}")
    stores.hooks.changed(secretary.id, f"{about}:{key}", actor.heard_at)


def ready_to_correct(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """What was handed in, if it can still be corrected. Raises InspectionNotFound, RoundOver, NotHandedIn."""
    found = _running(stores, actor, number)
    if not found.inspection.is_scored:
        raise NotHandedIn
    return found


def correct(stores: Stores, actor: Actor, *, number: InspectionId, item: int, points: int, reason: str) -> Sheet:
    """Change points that were handed in, for all to see; unless there is an objection, the branch answers once more.

    Raises InspectionNotFound, RoundOver, NotHandedIn, NothingChanged, NoReason.
    """
    found = ready_to_correct(stores, actor, number=number)
    before, words = found.scores.get(item), plain.tidy(reason)[:MAX_NOTE_CHARS]
    if before is None or not 0 <= points <= _item(found, item).points:
        raise InspectionNotFound
    if before.points == points:
        raise NothingChanged
    if not words:
        raise NoReason
    made = Correction(number, item, before.points, points, words, actor.member.id, actor.member.name, actor.heard_at)
    stores.inspections.correct(made)
    stores.inspections.put_score(number, replace(before, points=points))
    old, new = f"item:{item} points:{before.points}", f"item:{item} points:{points}"
    stores.audit.note(actor.member.id, CORRECTED, f"inspection:{number}", old=old, new=new, at=actor.heard_at)
    now = found.inspection
    if now.stage is not Stage.OBJECTED:
        now = replace(now, stage=Stage.HANDED_IN, answered_at=None, answered_by=None, words="", reply="")
        stores.inspections.save(replace(now, handed_in_at=actor.heard_at))
    return _shown_anew(stores, actor, number, f"correction:{len(found.corrections) + 1}")


def _shown_anew(stores: Stores, actor: Actor, number: InspectionId, key: str) -> Sheet:
    now = own(stores, actor, number=number)
    if now.inspection.stage is Stage.HANDED_IN:
        tell_inspected(stores, actor, now, key=key)
    else:
        cards.show_answer(stores, now, key=key)
    return now


def reply(stores: Stores, actor: Actor, *, number: InspectionId, words: str) -> Sheet:
    """Answer an objection, after correcting or not. Raises InspectionNotFound, RoundOver, NoObjection, NoReason."""
    found = objected(stores, actor, number=number)
    said = plain.tidy(words)[:MAX_WORDS_CHARS]
    if not said:
        raise NoReason
    now = replace(found.inspection, stage=Stage.SETTLED, reply=said)
    stores.inspections.save(now)
    done = replace(found, inspection=now)
    tell_inspected(stores, actor, done, key=f"settled:{len(found.corrections)}")
    stores.hooks.changed(actor.member.id, f"inspection:{number}:settled", actor.heard_at)
    return done


def objected(stores: Stores, actor: Actor, *, number: InspectionId) -> Sheet:
    """What somebody inspects and the branch objects to. Raises InspectionNotFound, RoundOver, NoObjection."""
    found = _running(stores, actor, number)
    if found.inspection.stage is not Stage.OBJECTED:
        raise NoObjection
    return found
