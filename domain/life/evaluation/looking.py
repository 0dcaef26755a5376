"""Who may see and do what in an evaluation: the office, those evaluated, the reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.evaluation.refusing import EvaluationNotFound, NotInCharge, WrongStage
from domain.people.invitation.linking import answered_for
from domain.people.permission import Area, Permission, Role, allows_over, require

if TYPE_CHECKING:
    from domain.ids import BranchId, EvaluatedId, EvaluationId
    from domain.life.evaluation.model import Evaluated, Evaluation, Stage
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member

ASSESSING = frozenset({Role.SECRETARY, Role.LEADER})  # of the branch or team itself


def is_office(stores: Stores, actor: Actor, root: BranchId) -> bool:
    """Whether somebody plans the work of a branch and what is below it."""
    return allows_over(stores, actor, Permission.PLAN_WORK, Area(branch=root))


def roots(stores: Stores, actor: Actor) -> set[BranchId]:
    """The branches, each with all below it, whose work somebody plans."""
    found = answered_for(stores, actor, Permission.PLAN_WORK)
    if found is None:
        return {one.id for one in stores.branches.all()}
    return {below for one in found for below in stores.branches.subtree(one)}


def run_by(stores: Stores, actor: Actor, *, number: EvaluationId) -> Evaluation:
    """An evaluation, for its office. Raises EvaluationNotFound, NotInCharge."""
    require(stores, actor, Permission.PLAN_WORK)
    found = stores.evaluations.get(number)
    if found is None:
        raise EvaluationNotFound
    if not is_office(stores, actor, found.root):
        raise NotInCharge
    return found


def in_stage(evaluation: Evaluation, *stages: Stage) -> Evaluation:
    """Raises WrongStage where it is another stage."""
    if evaluation.stage not in stages:
        raise WrongStage(evaluation=evaluation)
    return evaluation


def assessors(stores: Stores, evaluated: Evaluated) -> list[Member]:
    """Who speaks for one that is evaluated: a person for themselves, else secretaries and leaders of the branch."""
    if evaluated.person is not None:
        member = stores.people.get(evaluated.person).member
        return [] if member is None else [stores.members.get(member)]
    grants = stores.grants.of_branch(evaluated.branch)
    return list({one.member.id: one.member for one in grants if one.role in ASSESSING}.values())


def is_assessor(stores: Stores, actor: Actor, evaluated: Evaluated) -> bool:
    """Whether somebody speaks for one that is evaluated."""
    return any(one.id == actor.member.id for one in assessors(stores, evaluated))


def both(stores: Stores, evaluated: EvaluatedId) -> tuple[Evaluation, Evaluated]:
    """One that is evaluated, with its evaluation. Raises EvaluationNotFound."""
    one = stores.evaluations.subject(evaluated)
    found = None if one is None else stores.evaluations.get(one.evaluation)
    if one is None or found is None:
        raise EvaluationNotFound
    return found, one


def seen(stores: Stores, actor: Actor, *, number: EvaluatedId) -> tuple[Evaluation, Evaluated]:
    """The same, for those who may see all of it: themselves, the reviewer, the office. Raises EvaluationNotFound."""
    require(stores, actor, Permission.TAKE_PART)
    found, one = both(stores, number)
    mine = one.reviewer == actor.member.id or is_assessor(stores, actor, one)
    if not mine and not is_office(stores, actor, found.root):
        raise EvaluationNotFound
    return found, one


def is_own(stores: Stores, member: Member, evaluated: Evaluated) -> bool:
    """Whether it is somebody's own: a person themselves; a branch that they are in, or over which they have a role."""
    person = stores.people.of_member(member.id)
    if evaluated.person is not None:
        return person is not None and person.id == evaluated.person
    if person is not None and person.left_on is None:
        above = {one.id for one in stores.branches.ancestors(person.branch)}
        if evaluated.branch in above:
            return True
    return any(one.area.branch == evaluated.branch for one in stores.grants.of(member.id))
