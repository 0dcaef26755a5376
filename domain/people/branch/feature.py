"""What branches contribute to the rest of the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.feature import Feature
from domain.ids import BranchId
from domain.people.branch.model import BRANCH_CHANGED

if TYPE_CHECKING:
    from domain.stores import Stores


def _called(stores: Stores, number: int) -> str | None:
    branch = stores.branches.find(BranchId(number))
    return None if branch is None else branch.name


FEATURE = Feature("branch", audit=(BRANCH_CHANGED,), named={"branch": _called})
