"""What the two engines are told in different words."""

from typing import Any

from sqlalchemy import URL, ColumnElement, Table, Text, and_, bindparam, case, column, func, make_url, or_
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeEngine

# A server whose machine is gone is given up after six seconds, not after the operating system's quarter of an hour.
GIVE_UP = {"keepalives_idle": 3, "keepalives_interval": 1, "keepalives_count": 3, "tcp_user_timeout": 6000}


def address(url: str) -> URL:
    """A store's address with the driver that is used here."""
    made = make_url(url)
    return made.set(drivername="postgresql+psycopg") if made.get_backend_name() == "postgresql" else made


def insert_new(table: Table, key: tuple[str, ...]) -> Insert:
    """An insert that leaves a row with the same key as it is.

    PostgreSQL's construct compiles to the same text on SQLite, which knows `ON CONFLICT` since 3.24 (tested).
    """
    return insert(table).on_conflict_do_nothing(index_elements=[table.c[name] for name in key])


def upsert(table: Table, key: tuple[str, ...], **changes: Any) -> Insert:
    """An insert that makes `changes` to a row with the same key instead."""
    return insert(table).on_conflict_do_update(index_elements=[table.c[name] for name in key], set_=changes)


def add_up(table: Table, key: tuple[str, ...], column: str) -> Insert:
    """An insert that adds its number to a row with the same key instead."""
    statement = insert(table)
    total = table.c[column] + statement.excluded[column]
    return statement.on_conflict_do_update(index_elements=[table.c[name] for name in key], set_={column: total})


def within(column: Any) -> tuple[Any, Any]:
    """Conditions that a moment lies in the span from `since` up to, not including, `until`."""
    return column >= bindparam("since"), column < bindparam("until")


def during(*columns: Any) -> ColumnElement[bool]:
    """The condition that one of these moments lies in the span of `within`."""
    return or_(*(and_(*within(column)) for column in columns))


def count_if(condition: Any) -> Any:
    """How many rows fulfil a condition: 0 where there is no row."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


class Batch(FunctionElement[Any]):
    """Rows that are given as one value, a JSON list of objects."""

    inherit_cache = False

    def __init__(self, name: str, types: dict[str, TypeEngine[Any]]) -> None:
        self.types = types
        super().__init__(bindparam(name, type_=Text()))


def batch(name: str, **types: TypeEngine[Any]) -> TableValuedAlias:
    """A table of the rows that are given under a name, with these columns."""
    return Batch(name, types).table_valued(*(column(one, kind) for one, kind in types.items()), name=f"{name}_given")


@compiles(Batch, "sqlite")
def _batch_on_sqlite(element: Batch, compiler: SQLCompiler, **options: Any) -> str:
    cells = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in element.types)
    return f"(SELECT {cells} FROM json_each{compiler.process(element.clause_expr, **options)})"  # noqa: S608 - names


@compiles(Batch, "postgresql")
def _batch_on_postgresql(element: Batch, compiler: SQLCompiler, **options: Any) -> str:
    types = ((name, compiler.dialect.type_compiler_instance.process(kind)) for name, kind in element.types.items())
    columns = ", ".join(f"{name} {kind}" for name, kind in types)
    given = compiler.process(element.clause_expr, **options)
    return f"(SELECT * FROM json_to_recordset({given}::json) AS one({columns}))"  # noqa: S608 - names
