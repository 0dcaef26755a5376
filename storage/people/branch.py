"""Branches in the store."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Select,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    literal,
    select,
    update,
)

from domain.ids import BranchId
from domain.people.branch import Branch, BranchKind
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import Feature
from storage.people.tables import people

branches = Table(
    "branches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("parent_id", Id, ForeignKey("branches.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("closed_at", Moment),
)

COLUMNS = (branches.c.id, branches.c.parent_id, branches.c.kind, branches.c.name, branches.c.closed_at)
OPEN = select(*COLUMNS).where(branches.c.closed_at.is_(None)).order_by(branches.c.id)
GET = select(*COLUMNS).where(branches.c.id == bindparam("branch"))
BELOW = OPEN.where(branches.c.parent_id == bindparam("parent"))
AT_THE_TOP = OPEN.where(branches.c.parent_id.is_(None))
ADD = insert(branches).returning(branches.c.id)
SAVE = (
    update(branches)
    .where(branches.c.id == bindparam("branch"))
    .values({name: bindparam(f"new_{name}") for name in ("parent_id", "kind", "name", "closed_at")})
)


def subtree(branch: ColumnElement[int]) -> CTE:
    """A branch and everything below it, closed ones too, as a table of ids."""
    tree = select(branches.c.id).where(branches.c.id == branch).cte("subtree", recursive=True)
    return tree.union_all(select(branches.c.id).join(tree, branches.c.parent_id == tree.c.id))


def _ancestors() -> Select[Any]:
    start: Select[Any] = select(*COLUMNS, literal(0).label("height")).where(branches.c.id == bindparam("branch"))
    line = start.cte("line", recursive=True)
    above = select(*COLUMNS, line.c.height + 1).join(line, branches.c.id == line.c.parent_id)
    whole = line.union_all(above)
    return select(*(whole.c[column.name] for column in COLUMNS)).order_by(whole.c.height)


ANCESTORS = _ancestors()
TREE = subtree(bindparam("branch"))
SUBTREE = (
    select(TREE.c.id)
    .join(branches, branches.c.id == TREE.c.id)
    .where(branches.c.closed_at.is_(None))
    .order_by(TREE.c.id)
)
SIZES = select(people.c.branch_id, func.count()).where(people.c.left_on.is_(None)).group_by(people.c.branch_id)


def to_branch(row: Sequence[Any]) -> Branch:
    """A row of COLUMNS as the domain's."""
    id_, parent, kind, name, closed_at = row
    return Branch(BranchId(id_), None if parent is None else BranchId(parent), BranchKind(kind), name, closed_at)


class Branches:
    """See `domain.people.branch.Branches`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self, branch: BranchId) -> Branch:
        """One branch."""
        return to_branch(self.connection.execute(GET, {"branch": branch}).one())

    def find(self, branch: BranchId) -> Branch | None:
        """One branch, if there is such a one."""
        row = self.connection.execute(GET, {"branch": branch}).one_or_none()
        return to_branch(row) if row else None

    def all(self) -> list[Branch]:
        """Every branch that is open."""
        return [to_branch(row) for row in self.connection.execute(OPEN)]

    def children(self, branch: BranchId | None) -> list[Branch]:
        """The open branches right below one, or those at the top."""
        if branch is None:
            return [to_branch(row) for row in self.connection.execute(AT_THE_TOP)]
        return [to_branch(row) for row in self.connection.execute(BELOW, {"parent": branch})]

    def ancestors(self, branch: BranchId) -> list[Branch]:
        """The branch itself, then what it is part of, nearest first."""
        return [to_branch(row) for row in self.connection.execute(ANCESTORS, {"branch": branch})]

    def subtree(self, branch: BranchId) -> list[BranchId]:
        """The branch itself and every open one below it."""
        return [BranchId(id_) for id_ in self.connection.execute(SUBTREE, {"branch": branch}).scalars()]

    def add(self, parent: BranchId | None, kind: BranchKind, name: str) -> Branch:
        """Remember a new branch."""
        id_ = self.connection.execute(ADD, {"parent_id": parent, "kind": kind.value, "name": name}).scalar_one()
        return Branch(BranchId(id_), parent, kind, name)

    def save(self, branch: Branch) -> None:
        """Remember what has changed about a branch."""
        self.connection.execute(
            SAVE,
            {
                "branch": branch.id,
                "new_parent_id": branch.parent,
                "new_kind": branch.kind.value,
                "new_name": branch.name,
                "new_closed_at": branch.closed_at,
            },
        )

    def sizes(self) -> Mapping[BranchId, int]:
        """How many people are in each branch itself."""
        return {BranchId(id_): count for id_, count in self.connection.execute(SIZES)}


FEATURE = Feature(tables=(branches,))
