"""Who runs rounds, who leads a branch, and where a branch's group is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.inspection.model import Inspection, Round
from domain.life.inspection.wrong import RoundNotFound, RoundOver
from domain.people.branch import BranchKind
from domain.people.invitation.linking import answered_for
from domain.people.permission import Area as Part
from domain.people.permission import Permission, Role, allows_over, require

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import BranchId, InspectionRoundId, MemberId
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member

PLAN = Permission.PLAN_WORK
OFFICES = frozenset({Role.SECRETARY, Role.COMMITTEE, Role.LEADER})  # of the branch itself


def covered(stores: Stores, actor: Actor) -> list[Branch]:
    """The open 党支部 whose work somebody plans, in the order in which they were added. Raises NotAllowed."""
    require(stores, actor, PLAN)
    found = stores.branches.all()
    roots = answered_for(stores, actor, PLAN)
    if roots is not None:
        parents = {one.id: one.parent for one in found}
        found = [one for one in found if _is_below(one.id, roots, parents)]
    return [one for one in found if one.kind is BranchKind.BRANCH]


def _is_below(branch: BranchId | None, roots: set[BranchId], parents: dict[BranchId, BranchId | None]) -> bool:
    while branch is not None and branch not in roots:
        branch = parents.get(branch)
    return branch is not None


def managed(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> tuple[Round, list[Inspection]]:
    """A round with its inspections, for those who plan the work of all its branches. Raises RoundNotFound."""
    require(stores, actor, PLAN)
    found = stores.inspections.round(number)
    inspections = [] if found is None else stores.inspections.of_round(number)
    if found is None or not runs(stores, actor, found, inspections):
        raise RoundNotFound
    return found, inspections


def running(stores: Stores, actor: Actor, *, number: InspectionRoundId) -> tuple[Round, list[Inspection]]:
    """The same, if it goes on. Raises RoundNotFound, RoundOver."""
    found, inspections = managed(stores, actor, number=number)
    if not found.is_running:
        raise RoundOver
    return found, inspections


def runs(stores: Stores, actor: Actor, round_: Round, inspections: Sequence[Inspection]) -> bool:
    """Whether somebody plans the work of all branches of a round; of its owner, some are enough.

    So a branch that is moved elsewhere in the middle of a round does not take the round from who runs it.
    """
    roots = answered_for(stores, actor, PLAN)
    if roots is None:
        return True
    branches = {party.id for one in inspections for party in (one.by, one.of)}
    parents = {one.id: one.parent for one in stores.branches.all()}
    planned = (
        _is_below(one, roots, parents) or any(above.id in roots for above in stores.branches.ancestors(one))
        for one in branches
    )
    return any(planned) if round_.owner == actor.member.id else all(planned)


def leads(stores: Stores, actor: Actor, branch: BranchId) -> bool:
    """Whether somebody answers for a branch."""
    return allows_over(stores, actor, PLAN, Part(branch=branch))


def is_of(stores: Stores, member: MemberId, branch: BranchId) -> bool:
    """Whether somebody is of a branch: on its roster or on that of what is below it, or with an office in it."""
    person = stores.people.of_member(member)
    is_there = person is not None and person.left_on is None
    if person is not None and is_there and branch in {above.id for above in stores.branches.ancestors(person.branch)}:
        return True
    return any(one.role in OFFICES and one.area.branch == branch for one in stores.grants.of(member))


def homes(
    stores: Stores, members: Collection[MemberId], branches: Collection[BranchId]
) -> dict[MemberId, set[BranchId]]:
    """The same of many: of which of some branches they are."""
    found: dict[MemberId, set[BranchId]] = {one: set() for one in members}
    parents = {one.id: one.parent for one in stores.branches.all()}
    for person in stores.people.of_members(set(members)) if members else ():
        at: BranchId | None = person.branch if person.left_on is None else None
        while at is not None and person.member is not None:
            found[person.member].add(at)
            at = parents.get(at)
    for branch in branches:
        for grant in stores.grants.of_branch(branch):
            if grant.role in OFFICES and grant.member.id in found:
                found[grant.member.id].add(branch)
    return found


def secretary_of(stores: Stores, branch: BranchId) -> Member | None:
    """The secretary of a branch: who was given that role over it first."""
    held = (one.member for one in stores.grants.of_branch(branch) if one.role is Role.SECRETARY)
    return next(held, None)


def group_of(stores: Stores, branch: BranchId) -> Chat | None:
    """The group of a branch, if it has one."""
    groups = (one for one in stores.chats.of_branch(branch) if one.active and one.is_admitted)
    return next(groups, None)
