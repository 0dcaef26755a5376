"""What there is about evaluations for somebody: what waits for them, and what they run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.life.evaluation import history, schemes
from domain.life.evaluation.looking import assessors, roots
from domain.life.evaluation.model import Evaluated, Evaluation
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import MemberId
    from domain.life.evaluation.model import Star, Version
    from domain.life.features import Stores
    from domain.people.actor import Actor


MANAGED = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody runs, has to assess, has to review; the schemes; the stars of their branch."""

    run: Sequence[Evaluation]
    own: Sequence[Evaluated]
    reviews: Sequence[Evaluation]
    schemes: Sequence[Version]
    may_begin: bool
    stars: Sequence[Star] = ()


def overview(stores: Stores, actor: Actor) -> Overview:
    """What there is about evaluations for somebody."""
    require(stores, actor, Permission.TAKE_PART)
    mine = roots(stores, actor)
    run = stores.evaluations.newest(mine, MANAGED) if mine else []
    reviewed = {one.evaluation for one in stores.evaluations.to_review(actor.member.id) if one.reviewed_at is None}
    found = (stores.evaluations.get(one) for one in sorted(reviewed))
    return Overview(
        run,
        to_assess(stores, actor.member.id),
        [one for one in found if one is not None],
        schemes.usable(stores, actor) if mine else [],
        bool(mine),
        _stars(stores, actor),
    )


def _stars(stores: Stores, actor: Actor) -> Sequence[Star]:
    """Those of the nearest of somebody's branches that has some."""
    person = stores.people.of_member(actor.member.id)
    above = [] if person is None else stores.branches.ancestors(person.branch)
    return next((found for one in above if (found := history.history(stores, one.id))), ())


def to_assess(stores: Stores, member: MemberId) -> list[Evaluated]:
    """What somebody has to assess themselves and has not handed in."""
    branches = {one.area.branch for one in stores.grants.of(member) if one.area.branch is not None}
    person = stores.people.of_member(member)
    found = stores.evaluations.to_assess(branches, None if person is None else person.id)
    return [one for one in found if any(who.id == member for who in assessors(stores, one))]
