"""What an appraisal says, from the store."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, func, or_, select

from domain.ids import BranchId, SettlementId
from domain.points.appraisal import Behind, Line
from domain.points.event import RuleName
from domain.points.settled import Settlement
from storage.people.branch import branches as branches_table
from storage.people.member import members
from storage.people.tables import people
from storage.points.counted import IN_PERIOD, IS_LATE
from storage.points.settlement import to_parts
from storage.points.tables import points_entries, settlement_lines

line, entry = settlement_lines.c, points_entries.c
NUMBER = func.coalesce(people.c.number, "")
NAME = func.coalesce(people.c.name, members.c.name)
OF_BRANCHES = line.branch_id.in_(bindparam("branches", expanding=True))
LINES: Select[Any] = (
    select(NUMBER, NAME, func.coalesce(branches_table.c.name, ""), line.points, line.late, line.by_rule)
    .add_columns(line.by_category, line.vetoed_by)
    .select_from(settlement_lines)
    .join(members, members.c.id == line.member_id)
    .outerjoin(people, people.c.member_id == line.member_id)
    .outerjoin(branches_table, branches_table.c.id == line.branch_id)
    .where(line.settlement_id == bindparam("number"))
    .order_by(line.branch_id, line.points.desc(), line.member_id)
)
BEHIND: Select[Any] = (
    select(NUMBER, NAME, entry.id, entry.day, entry.rule, entry.cause, entry.points, entry.at)
    .select_from(points_entries)
    .join(members, members.c.id == entry.member_id)
    .outerjoin(people, people.c.member_id == entry.member_id)
    .order_by(entry.member_id, entry.id)
    .limit(bindparam("most"))
)
THEIRS = entry.member_id.in_(
    select(line.member_id).where(line.settlement_id == bindparam("number"), OF_BRANCHES).scalar_subquery()
)
ENTRIES = BEHIND.where(or_(and_(*IN_PERIOD), and_(*IS_LATE)))
CORRECTIONS = BEHIND.where(
    or_(
        and_(entry.day.between(bindparam("first"), bindparam("last")), entry.id > bindparam("upto")),
        entry.source.like(bindparam("named")),
    )
)


class Appraisals:
    """See `domain.points.appraisal.Appraisals`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def lines(self, number: SettlementId, branches: Collection[BranchId] | None) -> list[Line]:
        """Everybody's score, by branch and name."""
        statement = LINES if branches is None else LINES.where(OF_BRANCHES)
        return [_to_line(row) for row in self.connection.execute(statement, _asked({"number": number}, branches))]

    def entries(self, of: Settlement, branches: Collection[BranchId] | None, most: int) -> list[Behind]:
        """The entries behind the scores, by member; at most so many."""
        return self._behind(ENTRIES, {**_of(of), "covered": of.covered, "kind": of.period.every}, branches, most)

    def corrections(self, of: Settlement, branches: Collection[BranchId] | None, most: int) -> list[Behind]:
        """Entries of the period that came after it, and those that name it."""
        return self._behind(CORRECTIONS, {**_of(of), "named": f"settlement:{of.id}:%"}, branches, most)

    def _behind(
        self, statement: Select[Any], values: Mapping[str, Any], branches: Collection[BranchId] | None, most: int
    ) -> list[Behind]:
        shown = statement if branches is None else statement.where(THEIRS)
        return [_to_behind(row) for row in self.connection.execute(shown, _asked({**values, "most": most}, branches))]


def _of(one: Settlement) -> dict[str, Any]:
    return {"number": one.id, "first": one.period.first, "last": one.period.last, "upto": one.upto}


def _asked(values: dict[str, Any], branches: Collection[BranchId] | None) -> dict[str, Any]:
    return values if branches is None else {**values, "branches": list(branches)}


def _to_line(row: Sequence[Any]) -> Line:
    number, name, branch, points, late, by_rule, by_category, vetoed_by = row
    return Line(number, name, branch, points, late, by_rule, to_parts(by_category), vetoed_by)


def _to_behind(row: Sequence[Any]) -> Behind:
    number, name, id_, day, rule, cause, points, at = row
    return Behind(number, name, id_, day, RuleName(rule), cause, points, at)
