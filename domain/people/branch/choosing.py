"""One branch is chosen of many: a level of the tree and a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from domain.ids import BranchId
    from domain.people.branch.model import Branch
    from domain.stores import Stores

MAX_CHOICES = 8  # branches on a page


@dataclass(frozen=True, slots=True)
class Choice:
    """A branch that can be chosen; `has_more` tells whether there are others below it."""

    branch: Branch
    has_more: bool


@dataclass(frozen=True, slots=True)
class Level:
    """A page of the branches below `here`, or of those at the top; `above` is the level over it, `None` the top.

    The page begins behind `offset` of them, and there are `count`.
    """

    here: Branch | None
    above: BranchId | None
    choices: Sequence[Choice]
    offset: int
    count: int


def level(stores: Stores, *, roots: Collection[BranchId] | None, level: BranchId | None, offset: int) -> Level:
    """A page of a level. At the top stand `roots`, or the top of the whole tree.

    Raises NoMore for a level that is not below them.
    """
    here = None if level is None else stores.branches.find(level)
    if here is not None and roots is not None and not _is_below(stores, here, roots):
        raise NoMore
    found = stores.branches.children(here.id) if here else _top(stores, roots)
    page = [Choice(one, bool(stores.branches.children(one.id))) for one in found[offset:][:MAX_CHOICES]]
    at_top = here is None or (roots is not None and here.id in roots)
    return Level(here, None if here is None or at_top else here.parent, page, offset, len(found))


def _is_below(stores: Stores, here: Branch, roots: Collection[BranchId]) -> bool:
    return any(above.id in roots for above in stores.branches.ancestors(here.id))


def _top(stores: Stores, roots: Collection[BranchId] | None) -> list[Branch]:
    if roots is None:
        return stores.branches.children(None)
    return [branch for branch in map(stores.branches.get, sorted(roots)) if branch.closed_at is None]
