"""Objections in private until the last day of publicity; the office answers each with its reason, and may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import plain
from domain.admin.audit import AuditAction
from domain.ids import ObjectionId
from domain.life.charge import in_charge
from domain.life.evaluation import cards, publicity
from domain.life.evaluation.assessing import check_points, scored_item
from domain.life.evaluation.looking import ASSESSING, both, is_office, is_own, run_by
from domain.life.evaluation.model import MAX_WORDS_CHARS, Change, Mark, Objection, Publish, Stage
from domain.life.evaluation.refusing import (
    AlreadyObjected,
    EvaluationNotFound,
    NoWords,
    ObjectionAnswered,
    PublicityOver,
    SameBranch,
)
from domain.life.evaluation.reviewing import check_reason, note
from domain.life.evaluation.running import hand_over
from domain.life.evaluation.schemes import scheme_of
from domain.life.evaluation.standing import counted, freeze, value_of
from domain.messaging.message import Action, Button, Message, Subject
from domain.people.permission import Permission, require
from domain.points.due import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from fractions import Fraction

    from domain.ids import BranchId, EvaluatedId, EvaluationId
    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.scheme import Item
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member

OBJECTED, ANSWERED = AuditAction("objection.made"), AuditAction("objection.answered")
KEEP, RECOUNT = "keep", "recount"
MAX_GROUPS = 50  # of one person


@dataclass(frozen=True, slots=True)
class Shown:
    """An objection as people see it."""

    objection: Objection
    evaluation: Evaluation
    evaluated: Evaluated
    by: Member


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office decides: to keep the result, to count the store's figures anew, or other points for an indicator.

    `place` is that of the indicator in the scheme.
    """

    reason: str
    recount: bool = False
    place: int | None = None
    points: int = 0


def open_(stores: Stores, actor: Actor, *, number: EvaluationId) -> Evaluation:
    """An evaluation against whose result somebody can object now. Raises EvaluationNotFound, PublicityOver."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.evaluations.get(number)
    if found is None or not _concerns(stores, actor, found):
        raise EvaluationNotFound
    over = found.stage is not Stage.PUBLIC or found.public_until is None
    if over or day_of(stores, actor.now) > (found.public_until or found.last):
        raise PublicityOver(evaluation=found)
    return found


def _concerns(stores: Stores, actor: Actor, found: Evaluation) -> bool:
    """Whether somebody is of the branches concerned, leads one of them, or is in a group that reads the result."""
    inside = set(stores.branches.subtree(found.root)) | {found.root}
    person = stores.people.of_member(actor.member.id)
    if person is not None and person.branch in inside:
        return True
    if is_office(stores, actor, found.root) or _branches_led(stores, actor) & inside:
        return True
    return any(one.branch in inside for one in stores.members.groups_of(actor.member.id, MAX_GROUPS))


def _branches_led(stores: Stores, actor: Actor) -> set[BranchId]:
    """The branches and teams for which somebody speaks."""
    grants = stores.grants.of(actor.member.id)
    return {one.area.branch for one in grants if one.role in ASSESSING and one.area.branch is not None}


def choices(stores: Stores, actor: Actor, *, number: EvaluationId) -> Sequence[Evaluated]:
    """Whose result somebody can object to: their own first. Raises EvaluationNotFound, PublicityOver."""
    found = open_(stores, actor, number=number)
    placed = publicity.in_order(stores.evaluations.subjects(number))
    person, led = stores.people.of_member(actor.member.id), _branches_led(stores, actor)
    above = {one.id for one in stores.branches.ancestors(person.branch)} if person is not None else set()
    mine = None if person is None else person.id
    own = [one for one in placed if (one.branch in led | above if one.person is None else one.person == mine)]
    if found.publish is Publish.OWN:
        return own
    return [*own, *(one for one in placed if one not in own)]


def make(stores: Stores, actor: Actor, *, number: EvaluatedId, words: str) -> Shown:
    """Object; the office is told in private. Raises EvaluationNotFound, PublicityOver, AlreadyObjected, NoWords."""
    require(stores, actor, Permission.TAKE_PART)
    found, one = both(stores, number)
    if one not in choices(stores, actor, number=found.id):
        raise EvaluationNotFound
    text = plain.clean(words).strip()
    if not plain.line(text) or len(text) > MAX_WORDS_CHARS:
        raise NoWords(most=MAX_WORDS_CHARS)
    if any(other.evaluated == number for other in stores.evaluations.open_objections(actor.member.id)):
        raise AlreadyObjected
    made = stores.evaluations.object(Objection(ObjectionId(0), number, actor.member.id, text, actor.heard_at))
    stores.audit.note(
        actor.member.id, OBJECTED, f"evaluation:{found.id}", old=None, new=f"objection:{made.id}", at=actor.heard_at
    )
    shown = Shown(made, found, one, actor.member)
    told = _answering(stores, hand_over(stores, found, actor.heard_at), one)
    if told is not None and told.private is not None:
        stores.outbox.send(told.private, card(shown), key=str(made.card))
        stores.hooks.changed(told.id, str(made.card), actor.heard_at)
    cards.refresh_desk(stores, found, key=str(made.card))
    return shown


def _answering(stores: Stores, found: Evaluation, one: Evaluated) -> Member | None:
    """Who reads an objection: who runs the evaluation, or, where it is about their own, the next who may answer it."""
    people = in_charge(stores, found.root, found.begun_by)
    others = (who for who in people if not is_own(stores, who, one))
    return next(others, people[0] if people else None)


def card(shown: Shown) -> Message:
    """The office's card of an objection."""
    one = shown.objection
    answer = [Button("objection.answer_button", Action("objection.answer", one.id))]
    look = Button("evaluated.sheet_button", Action("evaluated.sheet", one.evaluated))
    rows = [[*answer, look]] if one.is_open and shown.evaluation.stage is Stage.PUBLIC else []
    return Message("objection.card", {"shown": shown}, rows, one.card)


def shown_of(stores: Stores, objection: Objection) -> Shown:
    """An objection with what it is about. Raises EvaluationNotFound."""
    found, one = both(stores, objection.evaluated)
    return Shown(objection, found, one, stores.members.get(objection.by))


def current_card(stores: Stores, about: Subject, _: datetime) -> Message | None:
    """The card as it is now."""
    found = stores.evaluations.objection(ObjectionId(about.ids[0]))
    return None if found is None else card(shown_of(stores, found))


def listed(stores: Stores, actor: Actor, *, number: EvaluationId) -> tuple[Evaluation, Sequence[Shown]]:
    """All objections of an evaluation, for its office. Raises EvaluationNotFound, NotInCharge."""
    found = run_by(stores, actor, number=number)
    return found, [shown_of(stores, one) for one in stores.evaluations.objections(number)]


def waiting(stores: Stores, actor: Actor, *, number: ObjectionId) -> Shown:
    """An objection that waits for the office's answer.

    Raises EvaluationNotFound, NotInCharge, ObjectionAnswered, PublicityOver, SameBranch for who would answer for
    their own.
    """
    require(stores, actor, Permission.PLAN_WORK)
    found = stores.evaluations.objection(number)
    if found is None:
        raise EvaluationNotFound
    shown = shown_of(stores, found)
    run_by(stores, actor, number=shown.evaluation.id)
    if not found.is_open:
        raise ObjectionAnswered
    if shown.evaluation.stage is not Stage.PUBLIC:
        raise PublicityOver(evaluation=shown.evaluation)
    if is_own(stores, actor.member, shown.evaluated):
        raise SameBranch(member=actor.member, evaluated=shown.evaluated)
    return shown


def answer(stores: Stores, actor: Actor, *, number: ObjectionId, answer: Answer) -> Shown:
    """Answer an objection with a reason; a change places everybody anew. Whoever objected hears of it in private.

    Raises NoReason, TooManyPoints, and what `waiting` does.
    """
    shown = waiting(stores, actor, number=number)
    reason = check_reason(answer.reason)
    changed = _change(stores, actor, shown, replace(answer, reason=reason))
    done = replace(
        shown.objection, answer=reason, changed=changed, answered_by=actor.member.id, answered_at=actor.heard_at
    )
    stores.evaluations.save_objection(done)
    about, now = f"evaluation:{shown.evaluation.id}", "changed" if changed else "kept"
    stores.audit.note(actor.member.id, ANSWERED, about, old=f"objection:{number}", new=now, at=actor.heard_at)
    if changed:
        publicity.again(stores, shown.evaluation, key=f"objection:{number}")
    cards.refresh_desk(stores, shown.evaluation, key=f"answered:{number}")
    told = shown_of(stores, done)
    stores.outbox.edit(done.card, card(told), key=f"{done.card}:answered")
    private = shown.by.private
    if private is not None:
        stores.outbox.send(private, Message("objection.told", {"shown": told}), key=f"objection.told:{number}")
    stores.hooks.changed(shown.evaluation.begun_by, f"{done.card}:answered", actor.heard_at)
    return told


def _change(stores: Stores, actor: Actor, shown: Shown, wanted: Answer) -> bool:
    if wanted.recount:
        return _recount(stores, actor, shown, wanted.reason)
    if wanted.place is None:
        return False
    item = scored_item(stores, shown.evaluation, wanted.place)
    check_points(item, wanted.points)
    before = stores.evaluations.marks_of(shown.evaluated.id).get(item.name, Mark(item.name))
    if before.given == wanted.points:
        return False
    note(stores, actor, shown.evaluated, _noted(actor, item, (before.given, wanted.points), wanted.reason))
    stores.evaluations.put_marks({shown.evaluated.id: [replace(before, given=wanted.points)]})
    return True


def _recount(stores: Stores, actor: Actor, shown: Shown, reason: str) -> bool:
    """Take the figures of the store anew: what was entered late counts."""
    scheme, one = scheme_of(stores, shown.evaluation.version), shown.evaluated
    before = stores.evaluations.marks_of(one.id)
    now = counted(stores, shown.evaluation, scheme, [one])[one.id]
    others = [item for item in scheme.counted if before.get(item.name, Mark("")).figure != now[item.name].value]
    for item in others:
        old = value_of(item, replace(now[item.name], value=before.get(item.name, Mark("")).figure))
        new = value_of(item, now[item.name])
        note(stores, actor, one, _noted(actor, item, (_told(old), _told(new)), reason))
    freeze(stores, shown.evaluation, scheme, [one])
    return bool(others)


def _told(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.1f}"


def _noted(actor: Actor, item: Item, values: tuple[object, object], reason: str) -> Change:
    old, new = ("–" if one is None else str(one) for one in values)
    return Change(item.name, old, new, reason, actor.member.id, actor.heard_at)
