"""Choosing a branch of the tree by buttons, a level and a page at a time."""

from collections.abc import Collection, Sequence

from domain.ids import BranchId
from domain.messaging.message import Action, Button, Buttons
from domain.people.branch import Branch
from domain.stores import Stores

ON_A_PAGE = 8
TOP = 0  # in a button, where the number of a branch would stand


def buttons(stores: Stores, action: str, *, level: int, offset: int, roots: Sequence[Branch]) -> Buttons:
    """A button for each branch of a level: `ACTION:<branch>` chooses it, `ACTION_in:<branch>:<offset>` looks into it.

    `roots` are what the top level offers.
    """
    here = stores.branches.find(BranchId(level)) if level else None
    found = stores.branches.children(here.id) if here else list(roots)
    rows = [_row(action, branch, bool(stores.branches.children(branch.id))) for branch in found[offset:][:ON_A_PAGE]]
    if here:
        whole = Button("picking.whole_button", Action(action, here.id), {"name": here.name})
        up = Button("picking.up_button", f"{action}_in:{_above(here, roots)}:0")
        rows = [[whole], *rows, [up]]
    return [*rows, *_leaves(action, level, offset, len(found))]


def _row(action: str, branch: Branch, has_more: bool) -> list[Button]:
    target = f"{action}_in:{branch.id}:0" if has_more else f"{action}:{branch.id}"
    return [Button("picking.more_button" if has_more else "picking.branch_button", target, {"name": branch.name})]


def _above(branch: Branch, roots: Sequence[Branch]) -> int:
    at_top = branch.parent is None or branch.id in {root.id for root in roots}
    return TOP if at_top else int(branch.parent or TOP)


def _leaves(action: str, level: int, offset: int, count: int) -> list[list[Button]]:
    row = []
    if offset:
        row.append(Button("picking.earlier_button", f"{action}_in:{level}:{max(0, offset - ON_A_PAGE)}"))
    if offset + ON_A_PAGE < count:
        row.append(Button("picking.later_button", f"{action}_in:{level}:{offset + ON_A_PAGE}"))
    return [row] if row else []


def roots(stores: Stores, areas: Collection[BranchId] | None) -> list[Branch]:
    """The top of the tree, or of the parts of it that somebody answers for."""
    if areas is None:
        return stores.branches.children(None)
    return [branch for branch in map(stores.branches.get, sorted(areas)) if branch.closed_at is None]
