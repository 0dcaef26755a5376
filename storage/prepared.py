"""Statements of the way that every pressed button takes, handed to the engine's driver without a detour.

SQLAlchemy prepares values, looks into its cache and wraps results anew at each call: three quarters of what a small
statement costs. These are compiled once, with the same types. SQLite's readers, which have a loop between, go the usual
way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any] | None


DRIVERS = ("pysqlite", "psycopg")


@dataclass(frozen=True, slots=True)
class Driven:
    """A statement in a driver's words: values as (name, otherwise, conversion), columns' conversions.

    `by_place` tells whether the driver takes its values by place or by name.
    """

    text: str
    by_place: bool
    values: Sequence[tuple[str, Any, Convert]]
    columns: Sequence[Convert]

    def given(self, values: Mapping[str, Any]) -> Any:
        """Values as the driver takes them."""
        converted = [
            convert(values.get(name, otherwise)) if convert else values.get(name, otherwise)
            for name, otherwise, convert in self.values
        ]
        return converted if self.by_place else dict(zip((name for name, *_ in self.values), converted, strict=True))

    def row(self, cells: Sequence[Any]) -> Sequence[Any]:
        """A row as the schema's types have it."""
        return [convert(cell) if convert else cell for cell, convert in zip(cells, self.columns, strict=True)]


class Prepared:
    """A statement that is called with its values and gives its rows."""

    def __init__(self, statement: Select[Any] | UpdateBase, *columns: str) -> None:
        """`columns` are those that an insert fills which names no values itself."""
        self.statement = statement
        self._columns = columns
        self._driven: dict[str, Driven] = {}

    def __call__(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Run it; its rows, if it has any. Raises what SQLAlchemy raises, or the driver."""
        dialect = connection.dialect
        if dialect.driver not in DRIVERS:
            result = connection.execute(self.statement, values)
            return result.all() if result.returns_rows else ()
        driven = self._driven.get(dialect.driver)
        if driven is None:
            driven = self._driven[dialect.driver] = self._drive(dialect)
        cursor = connection.connection.driver_connection.execute(driven.text, driven.given(values))  # type: ignore[union-attr]
        return [driven.row(cells) for cells in cursor.fetchall()] if driven.columns else ()

    def _drive(self, dialect: Dialect) -> Driven:
        compiled = self.statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        values = [
            (name, compiled.params.get(name), _of(compiled.binds[name].type, dialect).bind_processor(dialect))
            for name in compiled.positiontup or compiled.binds
        ]
        columns = [
            _of(column.type, dialect).result_processor(dialect, None) for column in self.statement.exported_columns
        ]
        return Driven(str(compiled), compiled.positiontup is not None, values, columns)


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
