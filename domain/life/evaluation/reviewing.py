"""Review by the next level: who reviews whom, points with reasons where they differ, what must not have happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import plain
from domain.admin.audit import AuditAction
from domain.ids import MemberId
from domain.life.evaluation import cards
from domain.life.evaluation.assessing import check_points, scored_item
from domain.life.evaluation.looking import both, in_stage, is_own, run_by, seen
from domain.life.evaluation.model import MAX_REASON_CHARS, Change, Mark, Stage
from domain.life.evaluation.refusing import (
    EvaluationNotFound,
    NoReason,
    NotReachable,
    NotReviewed,
    SameBranch,
    WrongStage,
)
from domain.life.evaluation.schemes import scheme_of
from domain.life.evaluation.standing import sheet
from domain.people.permission import Permission, Role, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import EvaluatedId, EvaluationId
    from domain.life.evaluation.model import Evaluated, Evaluation, Sheet
    from domain.life.evaluation.scheme import Item
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member

ASSIGNED, CHANGED = AuditAction("evaluation.assigned"), AuditAction("evaluation.changed")
REVIEWING = frozenset({Role.SECRETARY, Role.COMMITTEE, Role.INSPECTOR, Role.ADMINISTRATOR})
OFFERED = 12
VETO = "veto:"
Pairs: TypeAlias = "tuple[Evaluation, Sequence[tuple[Evaluated, Member | None]]]"  # who reviews whom


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who reviews one that is evaluated."""

    evaluated: Evaluated
    reviewer: Member


@dataclass(frozen=True, slots=True)
class Assigning:
    """One that is evaluated, and who of those who can be asked may review it."""

    evaluation: Evaluation
    evaluated: Evaluated
    candidates: Sequence[Member]


def show(stores: Stores, actor: Actor, *, number: EvaluatedId) -> tuple[Sheet, bool]:
    """All of one, and whether the asker reviews it now. Raises EvaluationNotFound."""
    found, one = seen(stores, actor, number=number)
    reviews = found.stage is Stage.REVIEW and one.reviewer == actor.member.id and one.is_in
    return sheet(stores, found, one), reviews


def assigning(stores: Stores, actor: Actor, *, number: EvaluatedId) -> Assigning:
    """Who may review one. Raises EvaluationNotFound, NotInCharge, WrongStage."""
    found, one = _for_office(stores, actor, number)
    area = [branch.id for branch in stores.branches.ancestors(found.root)]
    branches = dict.fromkeys([*area, *stores.branches.subtree(found.root)])
    known: dict[MemberId, Member] = {actor.member.id: actor.member}
    for branch in branches:
        for grant in stores.grants.of_branch(branch):
            if grant.role in REVIEWING and grant.member.private is not None:
                known.setdefault(grant.member.id, grant.member)
    for member in stores.grants.administrators():
        if member.private is not None:
            known.setdefault(member.id, member)
    may = [who for who in known.values() if not is_own(stores, who, one)]
    return Assigning(found, one, may[:OFFERED])


def _for_office(stores: Stores, actor: Actor, number: EvaluatedId) -> tuple[Evaluation, Evaluated]:
    require(stores, actor, Permission.PLAN_WORK)
    found, one = both(stores, number)
    run_by(stores, actor, number=found.id)
    in_stage(found, Stage.SELF, Stage.REVIEW)
    return found, one


def assign(stores: Stores, actor: Actor, *, number: EvaluatedId, reviewer: MemberId) -> Assigned:
    """Say who reviews one. Raises EvaluationNotFound, NotInCharge, WrongStage, SameBranch, NotReachable."""
    found, one = _for_office(stores, actor, number)
    member = stores.members.look_up(reviewer)
    if member is None:
        raise EvaluationNotFound
    if is_own(stores, member, one):
        raise SameBranch(member=member, evaluated=one)
    person = stores.people.of_member(member.id)
    if member.private is None or member.platform_id is None or (person is not None and person.left_on is not None):
        raise NotReachable(member=member)
    before, moved = one.reviewer, replace(one, reviewer=member.id, reviewed_at=None)
    stores.evaluations.save_subject(moved)
    old = None if before is None else f"member:{before}"
    about = f"evaluation:{found.id}"
    stores.audit.note(actor.member.id, ASSIGNED, about, old=old, new=f"member:{member.id}", at=actor.heard_at)
    key = f"assigned:{number}:{actor.heard_at.timestamp()}"
    cards.refresh_desk(stores, found, key=key)
    if found.stage is Stage.REVIEW:
        cards.send_reviews(stores, found, key=key)
    for who in {before, member.id} - {None}:
        stores.hooks.changed(MemberId(who or 0), f"evaluation:{found.id}:{key}", actor.heard_at)
    return Assigned(moved, member)


def reviewers(stores: Stores, actor: Actor, *, number: EvaluationId) -> Pairs:
    """Who reviews whom. Raises EvaluationNotFound, NotInCharge."""
    found = run_by(stores, actor, number=number)
    subjects = stores.evaluations.subjects(number)
    wanted = {one.reviewer for one in subjects if one.reviewer is not None}
    known = {member.id: member for member in stores.members.several(sorted(wanted))}
    return found, [(one, None if one.reviewer is None else known.get(one.reviewer)) for one in subjects if one.is_in]


def to_review(stores: Stores, actor: Actor, *, number: EvaluationId) -> cards.Reviews:
    """What somebody reviews in an evaluation. Raises EvaluationNotFound, WrongStage."""
    require(stores, actor, Permission.TAKE_PART)
    found = stores.evaluations.get(number)
    mine_there = None if found is None else cards.reviews_of(stores, found, actor.member.id)
    if mine_there is None or not mine_there.subjects:
        raise EvaluationNotFound
    in_stage(mine_there.evaluation, Stage.REVIEW)
    return mine_there


def mine(stores: Stores, actor: Actor, *, number: EvaluatedId) -> tuple[Evaluation, Evaluated]:
    """One that somebody reviews, while they may. Raises EvaluationNotFound, WrongStage, SameBranch."""
    require(stores, actor, Permission.TAKE_PART)
    found, one = both(stores, number)
    if one.reviewer != actor.member.id:
        raise EvaluationNotFound
    in_stage(found, Stage.REVIEW)
    if not one.is_in:
        raise WrongStage(evaluation=found)
    if is_own(stores, actor.member, one):  # they have moved there since
        raise SameBranch(member=actor.member, evaluated=one)
    return found, one


def asked(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int) -> tuple[Item, Mark]:
    """The indicator that a reviewer gives points for, and what there is. Raises EvaluationNotFound, WrongStage."""
    found, _ = mine(stores, actor, number=number)
    item = scored_item(stores, found, place)
    return item, stores.evaluations.marks_of(number).get(item.name, Mark(item.name))


def needs_reason(mark: Mark, points: int) -> bool:
    """Whether points are others than those that were given before, which takes a reason."""
    before = mark.own if mark.given is None else mark.given
    return before is not None and before != points


def check_reason(words: str) -> str:
    """A reason as it is kept. Raises NoReason."""
    found = plain.tidy(words)
    if not found or len(found) > MAX_REASON_CHARS:
        raise NoReason(most=MAX_REASON_CHARS)
    return found


def give(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int, points: int, reason: str) -> Sheet:
    """Give points; others than they gave themselves take a reason, which everybody concerned sees.

    Raises EvaluationNotFound, WrongStage, SameBranch, TooManyPoints, NoReason.
    """
    found, one = mine(stores, actor, number=number)
    item = scored_item(stores, found, place)
    check_points(item, points)
    before = stores.evaluations.marks_of(number).get(item.name, Mark(item.name))
    if needs_reason(before, points):
        old = before.own if before.given is None else before.given
        note(
            stores,
            actor,
            one,
            Change(item.name, str(old), str(points), check_reason(reason), actor.member.id, actor.heard_at),
        )
    stores.evaluations.put_marks({number: [replace(before, given=points)]})
    return _reopened(stores, actor, found, one)


def note(stores: Stores, actor: Actor, one: Evaluated, change: Change) -> None:
    """Keep a change where everybody concerned sees it, and in the audit log, there without its words."""
    stores.evaluations.note(one.id, change)
    stores.audit.note(
        actor.member.id,
        CHANGED,
        f"evaluation:{one.evaluation}",
        old=f"evaluated:{one.id} {_told(change.old)}",
        new=_told(change.new),
        at=actor.heard_at,
    )


def _told(value: str) -> str:
    """Points, or whether something happened, as the audit log has them."""
    return f"points:{value}" if value.isdecimal() else value


def _reopened(stores: Stores, actor: Actor, found: Evaluation, one: Evaluated) -> Sheet:
    """Something was changed: it is reviewed once the reviewer says so again."""
    again = replace(one, reviewed_at=None)
    stores.evaluations.save_subject(again)
    cards.refresh(stores, found, again, key=f"review:{one.id}:{actor.heard_at.timestamp()}")
    return sheet(stores, found, again)


def asked_veto(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int) -> Evaluation:
    """Whether somebody may say that something of the vetoes happened. Raises EvaluationNotFound, WrongStage."""
    found, _ = mine(stores, actor, number=number)
    _veto(stores, found, place)
    return found


def _veto(stores: Stores, found: Evaluation, place: int) -> str:
    vetoes = scheme_of(stores, found.version).vetoes
    if not 0 <= place < len(vetoes):
        raise EvaluationNotFound
    return vetoes[place].name


def say_veto(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int, reason: str) -> Sheet:
    """Say that something happened, or, if that was said, that it did not after all.

    Raises EvaluationNotFound, WrongStage, SameBranch, NoReason.
    """
    found, one = mine(stores, actor, number=number)
    name = _veto(stores, found, place)
    was = name in one.vetoes
    old, new = ("yes", "no") if was else ("no", "yes")
    said = Change(f"{VETO}{name}", old, new, check_reason(reason), actor.member.id, actor.heard_at)
    note(stores, actor, one, said)
    kept = tuple(other for other in one.vetoes if other != name) if was else (*one.vetoes, name)
    return _reopened(stores, actor, found, replace(one, vetoes=kept))


def done(stores: Stores, actor: Actor, *, number: EvaluatedId) -> Sheet:
    """Say that a review is complete. Raises EvaluationNotFound, WrongStage, SameBranch, NotReviewed."""
    found, one = mine(stores, actor, number=number)
    reviewed = replace(one, reviewed_at=actor.heard_at)
    seen_now = sheet(stores, found, reviewed)
    if seen_now.missing:
        raise NotReviewed(names=[item.title for item in seen_now.missing])
    stores.evaluations.save_subject(reviewed)
    key = f"reviewed:{number}:{actor.heard_at.timestamp()}"
    cards.refresh(stores, found, reviewed, key=key)
    stores.hooks.changed(actor.member.id, f"evaluation:{found.id}:{key}", actor.heard_at)
    return seen_now
