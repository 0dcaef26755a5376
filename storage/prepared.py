"""Statements of the way that every pressed button takes, on SQLite handed to its driver without a detour.

SQLAlchemy prepares values, looks into its cache and wraps results anew at each call: three quarters of what a small
statement costs. These are compiled once, with the same types. On PostgreSQL, where the way to the server costs more,
they go the usual way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class Driven:
    """A statement in the driver's words: values by place (name, otherwise, conversion); columns' conversions."""

    text: str
    values: Sequence[tuple[str, Any, Convert]]
    columns: Sequence[Convert]


class Prepared:
    """A statement that is called with its values and gives its rows."""

    def __init__(self, statement: Select[Any] | UpdateBase, *columns: str) -> None:
        """`columns` are those that an insert fills which names no values itself."""
        self.statement = statement
        self._columns = columns
        self._driven: Driven | None = None

    def __call__(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run it; its rows, if it has any. Raises what the engine raises."""
        if connection.dialect.driver != "pysqlite":  # PostgreSQL, or SQLite's readers, which have a loop between
            result = connection.execute(self.statement, values)
            return result.all() if result.returns_rows else ()
        driven = self._driven = self._driven or self._drive(connection.dialect)
        given = [
            convert(values.get(name, otherwise)) if convert else values.get(name, otherwise)
            for name, otherwise, convert in driven.values
        ]
        rows = connection.connection.driver_connection.execute(driven.text, given).fetchall()  # type: ignore[union-attr]
        columns = driven.columns
        return [
            [convert(cell) if convert else cell for cell, convert in zip(row, columns, strict=True)] for row in rows
        ]

    def _drive(self, dialect: Dialect) -> Driven:
        compiled = self.statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        values = [
            (name, compiled.params.get(name), _of(compiled.binds[name].type, dialect).bind_processor(dialect))
            for name in compiled.positiontup or ()
        ]
        columns = [
            _of(column.type, dialect).result_processor(dialect, None) for column in self.statement.exported_columns
        ]
        return Driven(str(compiled), values, columns)


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
