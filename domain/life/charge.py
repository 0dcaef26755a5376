"""Who runs something that goes on below a branch once whoever has begun it has left or lost the role for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.rectification.seeing import reachable
from domain.messaging.administrators import administrators
from domain.people.permission import PERMISSIONS, Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId, MemberId
    from domain.life.features import Stores
    from domain.people.member import Member


def in_charge(stores: Stores, branch: BranchId | None, first: MemberId) -> Sequence[Member]:
    """Who plans a branch's work and can be written to: `first` while they do, the nearest others, administrators."""
    above = () if branch is None else stores.branches.ancestors(branch)
    planners = [
        grant.member
        for one in above
        for grant in stores.grants.of_branch(one.id)
        if Permission.PLAN_WORK in PERMISSIONS[grant.role]
    ]
    people = [*planners, *administrators(stores)]
    return reachable(stores, [*(one for one in people if one.id == first), *people])
