"""Whose rules are that somebody brings in (a rubric, a scheme): everybody's, or a branch's and what is below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from domain.people.invitation.linking import answered_for
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.people.actor import Actor


class Ruled(Protocol):
    """Rules with whose they are: those of a branch, or everybody's."""

    @property
    def branch(self) -> BranchId | None:
        """The branch, with all below it; `None` is the whole enterprise."""


Kept = TypeVar("Kept", bound=Ruled)


def of_actor(stores: Stores, actor: Actor) -> BranchId | None:
    """Whose the rules are that somebody brings in: of the highest branch whose work they plan. Raises NotAllowed."""
    require(stores, actor, Permission.PLAN_WORK)
    roots = answered_for(stores, actor, Permission.PLAN_WORK)
    if roots is None:
        return None
    return min(roots, key=lambda one: (len(stores.branches.ancestors(one)), one), default=None)


def name_of(stores: Stores, branch: BranchId | None) -> str:
    """The name of whose they are; empty for everybody's."""
    return "" if branch is None else stores.branches.get(branch).name


def holds_for(stores: Stores, kept: Ruled, root: BranchId) -> bool:
    """Whether rules are for a branch: everybody's, its own, or those of a branch above."""
    return kept.branch is None or kept.branch in {one.id for one in stores.branches.ancestors(root)}


def usable(stores: Stores, actor: Actor, found: Iterable[Kept], title: Callable[[Kept], str]) -> list[Kept]:
    """Those that somebody can use for what they run, in their order; of one title those of the nearest branch.

    Who plans the work of the whole enterprise has everybody's. Raises NotAllowed.
    """
    require(stores, actor, Permission.PLAN_WORK)
    depths = _depths(stores, answered_for(stores, actor, Permission.PLAN_WORK) or ())
    there = [one for one in found if one.branch in depths]
    nearest: dict[str, int] = {}
    for one in there:
        nearest[title(one)] = max(nearest.get(title(one), 0), depths[one.branch])
    return [one for one in there if depths[one.branch] == nearest[title(one)]]


def _depths(stores: Stores, roots: Collection[BranchId]) -> dict[BranchId | None, int]:
    """How far below the top each is whose rules count: everybody's 0, then the branches above and the roots."""
    found: dict[BranchId | None, int] = {None: 0}
    for root in roots:
        chain = stores.branches.ancestors(root)
        for place, one in enumerate(chain):
            found[one.id] = len(chain) - place
    return found
