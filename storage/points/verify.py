"""The ledger added up anew, beside the totals that were kept with it."""

from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Date, bindparam, func, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from domain.ids import ChatId, MemberId
from domain.points.verify import Difference
from storage.people.member import members
from storage.points.months import CATEGORY, UP_TO, month_of, points_months
from storage.points.tables import points_entries, points_totals, points_weeks


class week_of(GenericFunction[date]):  # noqa: N801 - it is written as a function
    """The Monday of a day's week."""

    type = Date()
    inherit_cache = True


@compiles(week_of, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '-6 days', 'weekday 1')"


@compiles(week_of, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(date_trunc('week', {compiler.process(element.clauses, **more)}) AS DATE)"


entry, total, week, month = points_entries.c, points_totals.c, points_weeks.c, points_months.c
FIRST: BindParameter[int] = bindparam("first")
LAST: BindParameter[int] = bindparam("last")
LAST_MEMBER = select(func.max(members.c.id))
BOTH_TOTALS = union_all(
    select(entry.member_id, literal(0).label("kept"), entry.points.label("ledger")).where(
        entry.member_id.between(FIRST, LAST)
    ),
    select(total.member_id, total.points, literal(0)).where(total.member_id.between(FIRST, LAST)),
).subquery()
WRONG_TOTALS = (
    select(BOTH_TOTALS.c.member_id, func.sum(BOTH_TOTALS.c.kept), func.sum(BOTH_TOTALS.c.ledger))
    .group_by(BOTH_TOTALS.c.member_id)
    .having(func.sum(BOTH_TOTALS.c.kept) != func.sum(BOTH_TOTALS.c.ledger))
    .order_by(BOTH_TOTALS.c.member_id)
)
BOTH_WEEKS = union_all(
    select(
        entry.group_id,
        week_of(entry.day).label("monday"),
        entry.member_id,
        literal(0).label("kept"),
        entry.points.label("ledger"),
    ).where(entry.member_id.between(FIRST, LAST)),
    select(week.group_id, week.monday, week.member_id, week.points, literal(0)).where(
        week.member_id.between(FIRST, LAST)
    ),
).subquery()
ONE_WEEK = (BOTH_WEEKS.c.group_id, BOTH_WEEKS.c.monday, BOTH_WEEKS.c.member_id)
WRONG_WEEKS = (
    select(*ONE_WEEK, func.sum(BOTH_WEEKS.c.kept), func.sum(BOTH_WEEKS.c.ledger))
    .group_by(*ONE_WEEK)
    .having(func.sum(BOTH_WEEKS.c.kept) != func.sum(BOTH_WEEKS.c.ledger))
    .order_by(*ONE_WEEK)
)
BOTH_MONTHS = union_all(
    select(
        entry.group_id,
        month_of(entry.day).label("month"),
        CATEGORY.label("category"),
        entry.member_id,
        literal(0).label("kept"),
        entry.points.label("ledger"),
    ).where(entry.member_id.between(FIRST, LAST), entry.id <= UP_TO),
    select(month.group_id, month.month, month.category, month.member_id, month.points, literal(0)).where(
        month.member_id.between(FIRST, LAST)
    ),
).subquery()
ONE_MONTH = (BOTH_MONTHS.c.group_id, BOTH_MONTHS.c.month, BOTH_MONTHS.c.category, BOTH_MONTHS.c.member_id)
WRONG_MONTHS = (
    select(*ONE_MONTH, func.sum(BOTH_MONTHS.c.kept), func.sum(BOTH_MONTHS.c.ledger))
    .group_by(*ONE_MONTH)
    .having(func.sum(BOTH_MONTHS.c.kept) != func.sum(BOTH_MONTHS.c.ledger))
    .order_by(*ONE_MONTH)
)


class Verification:
    """See `domain.points.verify.Verification`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def totals(self, first: int, last: int) -> list[Difference]:
        """Members whose total is wrong, of those with a number from `first` to `last`."""
        rows = self.connection.execute(WRONG_TOTALS, {"first": first, "last": last})
        return [Difference(MemberId(member), int(kept), int(ledger)) for member, kept, ledger in rows]

    def last_member(self) -> int:
        """The highest number of a member; 0 where there is none."""
        return self.connection.execute(LAST_MEMBER).scalar_one() or 0

    def weeks(self, first: int, last: int) -> list[Difference]:
        """Members whose week in a group is wrong, of those with a number from `first` to `last`."""
        rows = self.connection.execute(WRONG_WEEKS, {"first": first, "last": last})
        return [
            Difference(MemberId(member), int(kept), int(ledger), ChatId(group), monday)
            for group, monday, member, kept, ledger in rows
        ]

    def months(self, first: int, last: int) -> list[Difference]:
        """Members whose month in a group and category is wrong, as far as it was rolled up."""
        rows = self.connection.execute(WRONG_MONTHS, {"first": first, "last": last})
        return [
            Difference(MemberId(member), int(kept), int(ledger), ChatId(group), month, category)
            for group, month, category, member, kept, ledger in rows
        ]
