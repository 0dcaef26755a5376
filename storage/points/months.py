"""Points by month and category, rolled up from the ledger up to one of its lines."""

from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    bindparam,
    case,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.base import Id, metadata
from storage.dialects import upsert
from storage.feature import Feature
from storage.points.tables import points_entries

points_months = Table(
    "points_months",
    metadata,
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("category", String(32), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("points", Integer, nullable=False),
    Index(None, "member_id", "month"),
)
points_rolled = Table(
    "points_rolled",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # one row
    Column("up_to", Id, nullable=False),
)


class month_of(GenericFunction[date]):  # noqa: N801 - it is written as a function
    """The first day of a day's month."""

    type = Date()
    inherit_cache = True


@compiles(month_of, "sqlite")
def _month_on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, 'start of month')"


@compiles(month_of, "postgresql")
def _month_on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(date_trunc('month', {compiler.process(element.clauses, **more)}) AS DATE)"


class first_part(GenericFunction[str]):  # noqa: N801 - it is written as a function
    """What stands before the first point of a name."""

    type = String(32)
    inherit_cache = True


@compiles(first_part, "sqlite")
def _first_on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    name = compiler.process(element.clauses, **more)
    return f"substr({name}, 1, instr({name} || '.', '.') - 1)"


@compiles(first_part, "postgresql")
def _first_on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **more)}, '.', 1)"


entry, month = points_entries.c, points_months.c
# The category that a line's scheme gives it, else its feature.
CATEGORY: ColumnElement[str] = case((entry.category != "", entry.category), else_=first_part(entry.rule))
UP_TO: ColumnElement[int] = select(func.coalesce(func.max(points_rolled.c.up_to), 0)).scalar_subquery()
KEY = (month.group_id, month.month, month.category, month.member_id)
BY_MONTH = (entry.group_id, month_of(entry.day).label("month"), CATEGORY.label("category"), entry.member_id)
LAST = select(func.coalesce(func.max(entry.id), 0))
ROLLED = select(UP_TO)
NEW = (
    select(*BY_MONTH, func.sum(entry.points))
    .where(entry.id > bindparam("after"), entry.id <= bindparam("last"))
    .group_by(*(column.element if hasattr(column, "element") else column for column in BY_MONTH))
)
ADDING = insert(points_months).from_select([*(column.name for column in KEY), "points"], NEW)
ADD = ADDING.on_conflict_do_update(index_elements=list(KEY), set_={"points": month.points + ADDING.excluded.points})
PUT_UP_TO = upsert(points_rolled, ("id",), up_to=bindparam("last"))


def up_to(connection: Connection) -> int:
    """The last line of the ledger that was rolled up; 0 before the first time."""
    return int(connection.execute(ROLLED).scalar_one())


def roll_up(connection: Connection, most: int) -> None:
    """Add the next lines of the ledger, at most so many, to the months."""
    after = up_to(connection)
    last = min(connection.execute(LAST).scalar_one(), after + most)
    if last > after:
        connection.execute(ADD, {"after": after, "last": last})
        connection.execute(PUT_UP_TO, {"id": 0, "up_to": last, "last": last})


FEATURE = Feature(
    tables=(points_months, points_rolled),
    not_shown={"points_months": "sums of entries that are shown"},
    not_erased={"points_months": "totals stay what they were, under a number"},
)
