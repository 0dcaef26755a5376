"""Which branch an anonymous answer is kept under: the lowest one that hides it among enough others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId


def rolled_up(
    branches: Sequence[BranchId | None], parents: Mapping[BranchId, BranchId | None], least: int
) -> list[BranchId | None]:
    """For each answer, given by its branch, the branch that it is kept under; missing where that is none.

    Of each branch that is kept, as of none, there are at least `least` answers, or all there are: what stands for
    itself is large enough, and so is whatever is left of a sum when others are taken from it. Where too few are left
    for a branch itself, the smallest group below it is kept under that branch, too; where there is none below, they
    are kept under the next higher branch.
    """
    groups: dict[BranchId | None, list[int]] = {}
    for place, branch in enumerate(branches):
        groups.setdefault(branch if branch in parents else None, []).append(place)
    above = {branch: _above(branch, parents) for branch in parents}
    for branch in sorted(parents, key=lambda one: (-len(above[one]), one)):
        _settle(groups, branch, [one for one in groups if one is not None and branch in above[one]], least, above)
    _settle(groups, None, [one for one in groups if one is not None], least, above)
    kept = {place: branch for branch, places in groups.items() for place in places}
    return [kept[place] for place in range(len(branches))]


def _settle(
    groups: dict[BranchId | None, list[int]],
    branch: BranchId | None,
    below: list[BranchId],
    least: int,
    above: Mapping[BranchId, Sequence[BranchId]],
) -> None:
    """Make the group of a branch itself large enough, or empty."""
    rest = groups.get(branch, [])
    if not rest or len(rest) >= least:
        return
    others = [one for one in below if groups[one]]
    if others:
        smallest = min(others, key=lambda one: (len(groups[one]), one))
        groups[branch] = rest + groups.pop(smallest)
    elif branch is not None:
        higher = above[branch][0] if above[branch] else None
        groups[higher] = groups.get(higher, []) + groups.pop(branch)


def _above(branch: BranchId, parents: Mapping[BranchId, BranchId | None]) -> list[BranchId]:
    """The branches above one, the nearest first."""
    found: list[BranchId] = []
    parent = parents[branch]
    while parent is not None and parent in parents and parent not in found:
        found.append(parent)
        parent = parents[parent]
    return found
