"""Goals of a branch that is closed go on under the branch above it, and come back if the closing is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.people.permission import Area
from domain.work.goal.model import Happened
from domain.work.goal.service import change

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, MemberId
    from domain.work.features import Stores
    from domain.work.goal.model import Goal


def branch_closed(stores: Stores, branch: BranchId, by: MemberId | None, at: datetime) -> None:
    """A branch was closed: the branch above answers for its goals. Where there is none, they stay as they are."""
    above = _above(stores, branch)
    if above is not None:
        _move(stores, _from_the_top(stores, _of(stores, branch)), above, Happened.BRANCH_CLOSED, by=by, at=at)


def branch_reopened(stores: Stores, branch: BranchId, closed_at: datetime, by: MemberId | None, at: datetime) -> None:
    """A closing was taken back: the goals that it moved are the branch's again, unless they have changed since."""
    above = _above(stores, branch)
    if above is not None:
        moved = [one for one in _of(stores, above) if _came_from(stores, one, branch, closed_at)]
        _move(stores, _from_the_top(stores, moved)[::-1], branch, Happened.BRANCH_REOPENED, by=by, at=at)


def _above(stores: Stores, branch: BranchId) -> BranchId | None:
    known = stores.branches.find(branch)
    return None if known is None else known.parent


def _of(stores: Stores, branch: BranchId) -> list[Goal]:
    home = Area(branch=branch)
    return [one for one in stores.goals.of(home) if one.home == home]


def _from_the_top(stores: Stores, goals: Sequence[Goal]) -> list[Goal]:
    """In an order in which none stands below a goal of a branch that its own is no part of."""
    return sorted(goals, key=lambda one: len(stores.goals.above(one.id)))


def _came_from(stores: Stores, goal: Goal, branch: BranchId, closed_at: datetime) -> bool:
    last = stores.goals.versions(goal.id)[-2:]
    return (
        last[-1].what is Happened.BRANCH_CLOSED
        and last[-1].at == closed_at
        and last[0].goal.home == Area(branch=branch)
    )


def _move(
    stores: Stores, goals: Sequence[Goal], to: BranchId, what: Happened, *, by: MemberId | None, at: datetime
) -> None:
    noted = None if by is None else stores.members.get(by)
    for one in goals:
        change(stores, one, replace(one, home=Area(branch=to)), reason="", what=what, by=noted, at=at)
