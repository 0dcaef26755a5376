"""Who approves an activity: the level above the branch, where its budget asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin import setting
from domain.messaging.administrators import administrators
from domain.people.permission import Area, Permission, allows_over
from domain.points.charge import nearest, secretaries_above

if TYPE_CHECKING:
    from domain.ids import BranchId
    from domain.life.activity.model import Activity
    from domain.life.features import Stores
    from domain.people.actor import Actor
    from domain.people.member import Member


def above(stores: Stores, branch: BranchId | None) -> BranchId | None:
    """The branch that this one is part of; `None`: the enterprise."""
    return None if branch is None else stores.branches.get(branch).parent


def needs_approval(stores: Stores, budget: int) -> bool:
    """Whether a budget (yuan) is one that the level above approves; 活动审批 in the settings says so."""
    limit = setting.approval_limit_of(stores)
    return limit is not None and budget >= limit


def may_approve(stores: Stores, actor: Actor, branch: BranchId | None) -> bool:
    """Whether somebody plans the work of the level above."""
    return allows_over(stores, actor, Permission.PLAN_WORK, Area(branch=above(stores, branch)))


def approvers(stores: Stores, activity: Activity) -> list[Member]:
    """Who is asked: the nearest secretaries above who can be written to, else the administrators."""
    levels = [*secretaries_above(stores, above(stores, activity.branch)), administrators(stores)]
    return nearest(levels, activity.proposer)
