"""What branches contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin.agreement import compared
from domain.feature import Feature
from domain.ids import BranchId
from domain.people.branch.model import BRANCH_CHANGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.admin.agreement import Unlogged
    from domain.stores import Stores


def _called(stores: Stores, number: int) -> str | None:
    branch = stores.branches.find(BranchId(number))
    return None if branch is None else branch.name


def _unlogged(stores: Stores) -> Sequence[Unlogged]:
    """Which branch a group is of."""
    bound = {f"chat:{chat.id}": f"branch:{chat.branch}" for chat in stores.chats.bound()}
    return compared(stores, BRANCH_CHANGED, bound, counts=lambda subject: subject.startswith("chat:"))


FEATURE = Feature("branch", audit=(BRANCH_CHANGED,), named={"branch": _called}, unlogged=_unlogged)
