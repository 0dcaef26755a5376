"""What a branch is, what may be wrong with changing one, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId

BRANCH_CHANGED = AuditAction("branch.changed")
MAX_NAME_CHARS = 60  # characters
LISTED = 60  # branches in one message


class BranchKind(StrEnum):
    """What a branch is: 党委, 党总支, 党支部, 党小组, or a unit of the enterprise (部门、车间、班组)."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    GROUP = "group"
    UNIT = "unit"


class NameTaken(Refusal):
    """A branch of that name stands in the same place already."""

    text = "branch.name_taken"


class UnderItself(Refusal):
    """A branch cannot be moved to a place below itself."""

    text = "branch.under_itself"


class BranchClosed(Refusal):
    """The branch has been closed."""

    text = "branch.closed"


class BranchNotEmpty(Refusal):
    """People or branches are still in a branch that is to be closed, and it was not said where they go."""

    text = "branch.not_empty"


class UnknownBranch(Refusal):
    """No open branch goes by that name."""

    text = "branch.unknown"


class AmbiguousBranch(Refusal):
    """Several branches go by that name."""

    text = "branch.ambiguous"


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in the tree; at its top there is no `parent`. `closed_at` is set once it is no more."""

    id: BranchId
    parent: BranchId | None
    kind: BranchKind
    name: str
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Twig:
    """A branch in the tree: how deep it is, and how many people are in it itself."""

    branch: Branch
    depth: int
    people: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The first branches of the tree from the top down; `more` are not listed."""

    twigs: Sequence[Twig]
    more: int


@dataclass(frozen=True, slots=True)
class Named:
    """A branch that is new or has a new name, with its path."""

    branch: Branch
    path: Sequence[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A branch in its new place."""

    branch: Branch
    path: Sequence[str]


@dataclass(frozen=True, slots=True)
class Closed:
    """A branch that is no more, and where its people went."""

    branch: Branch
    people: int
    to: Branch | None


class Branches(Protocol):
    """The tree in the store."""

    def get(self, branch: BranchId) -> Branch:
        """One branch; it is there, or the program is wrong."""

    def find(self, branch: BranchId) -> Branch | None:
        """One branch, if there is such a one."""

    def all(self) -> list[Branch]:
        """Every branch that is open, in the order in which they were added."""

    def children(self, branch: BranchId | None) -> list[Branch]:
        """The open branches right below one, or those at the top."""

    def ancestors(self, branch: BranchId) -> list[Branch]:
        """The branch itself, then what it is part of, nearest first, the top last."""

    def subtree(self, branch: BranchId) -> list[BranchId]:
        """The branch itself and every open one below it."""

    def add(self, parent: BranchId | None, kind: BranchKind, name: str) -> Branch:
        """Remember a new branch."""

    def save(self, branch: Branch) -> None:
        """Remember what has changed about a branch."""

    def sizes(self) -> Mapping[BranchId, int]:
        """How many people are in each branch itself; nobody who has left."""

    def points(self, branch: BranchId, since: date, until: date) -> Mapping[BranchId, int]:
        """What the subtree earned from a day up to, not including, another.

        Each branch's own, by the branch in which a person was on the entry's day. It costs what the people of the
        subtree did in the span, however old the ledger is.
        """
