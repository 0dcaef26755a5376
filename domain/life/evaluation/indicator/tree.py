"""Figures of branches with everything below them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator.model import EVERYWHERE, NOTHING, Reach, Tally, Within, figure

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from domain.ids import BranchId
    from domain.life.evaluation.indicator.model import Asked, Figure
    from domain.life.features import Stores

    Parents = Mapping[BranchId, BranchId | None]  # every branch, closed ones too, and what it is part of

A_FEW = 40  # branches; of more, all are read at once


def rolled_up(own: Mapping[BranchId, Tally], parents: Parents) -> dict[BranchId, Tally]:
    """Each branch with everything below it."""
    total: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    for branch, tally in own.items():
        at: BranchId | None = branch
        while at is not None:
            total[at] += tally
            at = parents.get(at)
    return dict(total)


def below(branch: BranchId, parents: Parents) -> set[BranchId]:
    """A branch and everything below it."""
    children: defaultdict[BranchId, list[BranchId]] = defaultdict(list)
    for one, parent in parents.items():
        if parent is not None:
            children[parent].append(one)
    found, waiting = {branch}, [branch]
    while waiting:
        more = children[waiting.pop()]
        found.update(more)
        waiting += more
    return found


def figures(stores: Stores, own: Mapping[BranchId, Tally], asked: Asked) -> dict[BranchId, Figure]:
    """What branches come to, with what is below them where that is asked for."""
    counted = own if asked.reach is Reach.OWN else rolled_up(own, stores.indicators.parents())
    return {one: figure(tally) for one, tally in counted.items()}


def among(stores: Stores, branches: Collection[BranchId], reach: Reach) -> Within:
    """What has to be read for some branches: these with all below them, or everything where that is most of it."""
    if len(branches) > A_FEW:
        return EVERYWHERE
    parents = stores.indicators.parents() if reach is Reach.BELOW else {}
    found = {one for branch in branches for one in below(branch, parents)}
    return Within(branches=frozenset(found)) if len(found) <= A_FEW else EVERYWHERE


def meant(stores: Stores, branch: BranchId, asked: Asked) -> set[BranchId]:
    """The branches whose entries are a branch's."""
    return {branch} if asked.reach is Reach.OWN else below(branch, stores.indicators.parents())
