"""An evaluation is begun, goes from stage to stage by the clock or by hand, and is called off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import EvaluatedId, EvaluationId
from domain.life import scope
from domain.life.charge import in_charge
from domain.life.evaluation import cards, publicity
from domain.life.evaluation.looking import assessors, in_stage, is_office, is_own, roots, run_by
from domain.life.evaluation.model import MAX_SUBJECTS, Evaluated, Evaluation, Stage
from domain.life.evaluation.refusing import NobodyToEvaluate, NotInCharge, NotReviewed, SchemeGone
from domain.life.evaluation.scheme import Kind
from domain.life.evaluation.schemes import scheme_of
from domain.life.meeting.model import Standing
from domain.life.meeting.people import standings_of
from domain.people.branch import BranchKind
from domain.people.permission import Permission, require
from domain.points.due import day_of, workdays_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import BranchId
    from domain.life.evaluation.model import Publish
    from domain.life.evaluation.scheme import Scheme
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.branch import Branch

BEGUN, CANCELLED = AuditAction("evaluation.begun"), AuditAction("evaluation.cancelled")
LISTED = 8


@dataclass(frozen=True, slots=True)
class Wish:
    """What the office asks for. `days` are workdays of self-assessment, review and publicity."""

    version: int
    root: BranchId
    first: date
    last: date
    days: tuple[int, int, int]
    publish: Publish


@dataclass(frozen=True, slots=True)
class Outline:
    """What a wish would begin: who is evaluated, who of them has nobody to speak for them, the places of each quota."""

    wish: Wish
    scheme: Scheme
    root: Branch
    names: Sequence[str]
    without: Sequence[str]
    places: Sequence[tuple[str, int]]


def subjects_of(stores: Stores, scheme: Scheme, root: BranchId) -> list[Evaluated]:
    """Who would be evaluated below a branch, in the order in which they were entered."""
    if scheme.kind is Kind.PERSON:
        return _people(stores, root)
    inside = set(stores.branches.subtree(root))
    found = [one for one in stores.branches.all() if one.id in inside and one.kind in scheme.levels]
    parents = {one.parent for one in stores.branches.all()}
    if scheme.kind is Kind.TEAM:
        found = [one for one in found if one.id not in parents]
    none = EvaluationId(0)
    return [Evaluated(EvaluatedId(0), none, one.id, None, one.name, one.kind) for one in found if one.id != root]


def _people(stores: Stores, root: BranchId) -> list[Evaluated]:
    people = stores.people.of(root)
    ranks = standings_of(stores, people)
    none = EvaluationId(0)
    return [
        Evaluated(EvaluatedId(0), none, one.branch, one.id, one.name, BranchKind.BRANCH)
        for one in people
        if ranks[one.id] is not Standing.NONE
    ]


def places_for_roots(stores: Stores, actor: Actor, *, version: int) -> list[Branch]:
    """The branches below which somebody can evaluate by a scheme; those with most below them first."""
    require(stores, actor, Permission.PLAN_WORK)
    scheme, mine = scheme_of(stores, version), roots(stores, actor)
    open_ = [one for one in stores.branches.all() if one.id in mine]
    if scheme.kind is Kind.PERSON:
        meant = [one for one in open_ if one.kind is BranchKind.BRANCH]
        return [one for one in meant or open_ if stores.people.of(one.id)][:LISTED]
    parents = {one.parent for one in open_}
    found = [one for one in open_ if one.id in parents and subjects_of(stores, scheme, one.id)]
    return found[:LISTED]


def outline(stores: Stores, *, wish: Wish) -> Outline:
    """What a wish would begin. Raises SchemeGone, NobodyToEvaluate."""
    scheme, subjects = _subjects(stores, wish)
    of_level = {level: sum(one.level is level for one in subjects) for level in {one.level for one in subjects}}
    places = [
        (scheme.grade(one.stars).title, one.places(len(subjects) if one.level is None else of_level.get(one.level, 0)))
        for one in scheme.quotas
    ]
    without = [one.name for one in subjects if not any(who.private for who in assessors(stores, one))]
    return Outline(wish, scheme, stores.branches.get(wish.root), [one.name for one in subjects], without, places)


def _subjects(stores: Stores, wish: Wish) -> tuple[Scheme, list[Evaluated]]:
    version = stores.evaluations.scheme(wish.version)
    if version is None or not scope.holds_for(stores, version, wish.root):
        raise SchemeGone
    scheme = scheme_of(stores, wish.version)
    subjects = subjects_of(stores, scheme, wish.root)[:MAX_SUBJECTS]
    if not subjects:
        raise NobodyToEvaluate(kind=scheme.kind)
    return scheme, subjects


def begin(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Evaluation:
    """Begin an evaluation, once for each source: everybody concerned gets one private card.

    Raises NotInCharge, SchemeGone, NobodyToEvaluate.
    """
    require(stores, actor, Permission.PLAN_WORK)
    if not is_office(stores, actor, wish.root):
        raise NotInCharge
    known = stores.evaluations.begun_from(source)
    if known is not None:
        return known
    scheme, subjects = _subjects(stores, wish)
    made = stores.evaluations.add(_new(stores, actor, wish, scheme), source)
    reviewer = actor.member
    stores.evaluations.put_in(
        [
            replace(one, evaluation=made.id, reviewer=None if is_own(stores, reviewer, one) else reviewer.id)
            for one in subjects
        ]
    )
    about = f"evaluation:{made.id}"
    stores.audit.note(
        actor.member.id, BEGUN, about, old=None, new=f"evaluation_scheme:{wish.version}", at=actor.heard_at
    )
    cards.send_own(stores, made, stores.evaluations.subjects(made.id))
    _changed(stores, made, actor.heard_at)
    return made


def _new(stores: Stores, actor: Actor, wish: Wish, scheme: Scheme) -> Evaluation:
    own, review, publicity_days = wish.days
    self_until = workdays_after(stores, actor.today, own)
    return Evaluation(
        id=EvaluationId(0),
        version=wish.version,
        title=scheme.title,
        kind=scheme.kind,
        root=wish.root,
        first=wish.first,
        last=wish.last,
        publish=wish.publish,
        self_until=self_until,
        review_until=workdays_after(stores, self_until, review),
        publicity_days=publicity_days,
        begun_by=actor.member.id,
        begun_at=actor.heard_at,
    )


def _changed(stores: Stores, evaluation: Evaluation, at: datetime) -> None:
    """Today's cards of those concerned show it."""
    for one in stores.evaluations.subjects(evaluation.id):
        for member in assessors(stores, one):
            stores.hooks.changed(member.id, f"evaluation:{evaluation.id}:{evaluation.stage}", at)


def advance(stores: Stores, actor: Actor, *, number: EvaluationId) -> Evaluation:
    """Go on to the next stage before its day. Raises EvaluationNotFound, NotInCharge, WrongStage, NotReviewed."""
    found = in_stage(run_by(stores, actor, number=number), Stage.SELF, Stage.REVIEW)
    return _on(stores, found, actor.heard_at)


def _on(stores: Stores, found: Evaluation, at: datetime) -> Evaluation:
    _take_leavers_out(stores, found, at)
    if found.stage is Stage.SELF:
        return _to_review(stores, found, at)
    missing = [one.name for one in stores.evaluations.subjects(found.id) if one.is_in and one.reviewed_at is None]
    if missing:
        raise NotReviewed(names=missing)
    return publicity.begin(stores, found, at)


def _take_leavers_out(stores: Stores, found: Evaluation, at: datetime) -> None:
    """Who has left by the roster, also without an account, is evaluated no more."""
    for one in stores.evaluations.subjects(found.id):
        if one.is_in and one.person is not None and stores.people.get(one.person).left_on is not None:
            stores.evaluations.save_subject(replace(one, out_at=at))


def _to_review(stores: Stores, found: Evaluation, at: datetime) -> Evaluation:
    moved = replace(found, stage=Stage.REVIEW)
    stores.evaluations.save(moved)
    for one in stores.evaluations.subjects(found.id):
        cards.refresh(stores, moved, one, key="review")
    cards.send_reviews(stores, moved, key="review")
    _changed(stores, moved, at)
    return moved


def cancel(stores: Stores, actor: Actor, *, number: EvaluationId) -> Evaluation:
    """Call an evaluation off. Raises EvaluationNotFound, NotInCharge, WrongStage."""
    found = in_stage(run_by(stores, actor, number=number), Stage.SELF, Stage.REVIEW, Stage.PUBLIC)
    gone = replace(found, stage=Stage.CANCELLED, ended_at=actor.heard_at)
    stores.audit.note(
        actor.member.id,
        CANCELLED,
        f"evaluation:{number}",
        old=f"stage.{found.stage.value}",
        new=None,
        at=actor.heard_at,
    )
    return end(stores, gone, actor.heard_at)


def end(stores: Stores, gone: Evaluation, at: datetime) -> Evaluation:
    """An evaluation is over before it is final: all cards and boards say so."""
    stores.evaluations.save(gone)
    for one in stores.evaluations.subjects(gone.id):
        cards.refresh(stores, gone, one, key="cancelled")
    publicity.refresh_boards(stores, gone, key="cancelled")
    _changed(stores, gone, at)
    return gone


def tend(stores: Stores, slot: datetime) -> None:
    """Each morning: what has come to the end of its stage goes on, if nothing is missing."""
    today = day_of(stores, slot)
    for found in stores.evaluations.running():
        one = hand_over(stores, found, slot)
        if one.stage is Stage.SELF and one.self_until < today:
            _on(stores, one, slot)
        elif one.stage is Stage.REVIEW and one.review_until < today:
            _publish_or_say(stores, one, slot)
        elif one.stage is Stage.PUBLIC and one.public_until is not None and one.public_until < today:
            publicity.finish(stores, one, slot)


def hand_over(stores: Stores, found: Evaluation, at: datetime) -> Evaluation:
    """Whoever runs an evaluation and may no more, or has left, gives it to the next who plans that work."""
    people = in_charge(stores, found.root, found.begun_by)
    if not people or people[0].id == found.begun_by:
        return found
    handed = replace(found, begun_by=people[0].id)
    stores.evaluations.save(handed)
    if people[0].private is not None:
        cards.show_desk(stores, handed, people[0].private, key=f"{handed.desk}:handed:{at.timestamp()}")
    stores.hooks.changed(people[0].id, f"evaluation:{found.id}:handed:{at.timestamp()}", at)
    return handed


def _publish_or_say(stores: Stores, found: Evaluation, slot: datetime) -> None:
    try:
        _on(stores, found, slot)
    except NotReviewed:
        cards.refresh_desk(stores, found, key=f"late:{slot:%Y%m%d}")
        cards.send_reviews(stores, found, key=f"late:{slot:%Y%m%d}")
