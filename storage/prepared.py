"""Statements of the way of every pressed button and of every weekly summary, handed to the driver without a detour.

SQLAlchemy prepares values, looks into its cache and wraps results anew at each call: three quarters of what a small
statement costs. These are compiled once, with the same types. SQLite's readers, which have a loop between, go the usual
way. On PostgreSQL several that write need one round trip, and so does one that is sent with the next.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Date, Dialect, bindparam
from sqlalchemy.sql.dml import Insert, UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    import psycopg

    from storage.libpq import Libpq

Convert = Callable[[Any], Any]
Rows = Sequence[Sequence[Any]]
Conversions = Sequence[tuple[int, Convert]]

DRIVERS = ("pysqlite", "psycopg")
POSTGRESQL = "psycopg"  # the driver of the engine that has data-modifying WITH, and takes statements together
LIBPQ = "libpq"  # where a connection keeps its Libpq


@dataclass(frozen=True, slots=True)
class Driven:
    """A statement in a driver's words: its own values, those of a call by place, and how both and columns convert."""

    text: str
    own: Sequence[Any]
    asked: Sequence[tuple[int, str]]
    bound: Conversions
    columns: int
    conversions: Conversions

    def given(self, values: Mapping[str, Any]) -> list[Any]:
        """Values as the driver takes them, in their order."""
        given = [*self.own]
        for place, name in self.asked:
            if name in values:
                given[place] = values[name]
        for place, convert in self.bound:
            given[place] = convert(given[place])
        return given

    def rows(self, found: Rows) -> Rows:
        """Rows as the schema's types have them."""
        if not self.conversions:
            return found
        return [self._row(cells) for cells in found]

    def _row(self, cells: Sequence[Any]) -> Sequence[Any]:
        row = list(cells)
        for place, convert in self.conversions:
            row[place] = convert(row[place])
        return row


class Prepared:
    """A statement that is called with its values and gives its rows."""

    def __init__(self, statement: Select[Any] | UpdateBase, *columns: str) -> None:
        """`columns` are those that an insert fills which names no values itself."""
        self.statement = statement
        self._columns = columns
        self._driven: dict[str, Driven] = {}

    def __call__(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Run it; its rows, if it has any. Values that it does not ask for are left alone.

        Raises what SQLAlchemy raises, or the driver.
        """
        dialect = connection.dialect
        driven = self._driven_by(dialect)
        if dialect.driver not in DRIVERS:
            own = {name: values[name] for _, name in driven.asked if name in values}
            result = connection.execute(self.statement, own)
            return result.all() if result.returns_rows else ()
        return driven.rows(_run(connection, driven.text, driven.given(values)))

    def send(self, connection: Connection, values: Mapping[str, Any]) -> Callable[[], Rows]:
        """The same, where the rows are not needed yet: whoever wants them calls what this returns.

        PostgreSQL gets the statement in one round trip with the next one, or when its rows are wanted. What it raises
        then comes from there, and its transaction fails all the same.
        """
        if connection.dialect.driver != POSTGRESQL:
            rows = self(connection, values)
            return lambda: rows
        driven, libpq = self._driven_by(connection.dialect), libpq_of(connection)
        sent = libpq.send(driven.text.encode(), driven.given(values))
        return lambda: driven.rows(libpq.rows_of(sent))

    def filled(self) -> Select[Any] | UpdateBase:
        """The statement with all values named in it: inside another one, an insert is given no columns from outside."""
        if not self._columns:
            return self.statement
        assert isinstance(self.statement, Insert)  # noqa: S101 - what has columns to fill
        types = self.statement.table.c
        return self.statement.values({name: bindparam(name, type_=types[name].type) for name in self._columns})

    def _driven_by(self, dialect: Dialect) -> Driven:
        driven = self._driven.get(dialect.driver)
        if driven is None:
            driven = self._driven[dialect.driver] = self._drive(dialect)
        return driven

    def _drive(self, dialect: Dialect) -> Driven:
        compiled = self.statement.compile(dialect=dialect, column_keys=list(self._columns) or None)
        names = compiled.positiontup or list(compiled.params)
        own = [compiled.params.get(name) for name in names]
        asked = [(place, name) for place, name in enumerate(names) if not compiled.binds[name].unique]
        bound = [_binding(compiled.binds[name].type, dialect) for name in names]
        columns = [
            _of(column.type, dialect).result_processor(dialect, None) for column in self.statement.exported_columns
        ]
        by_number = {name: f"${number}" for number, name in enumerate(names, 1)}
        text = str(compiled) if compiled.positiontup is not None else str(compiled) % by_number
        return Driven(text, own, asked, _needed(bound), len(columns), _needed(columns))


class Together:
    """Statements that write different tables and need nothing of each other, called with the values of all.

    A name that several of them have is one value. PostgreSQL gets one statement, in one round trip; elsewhere they run
    one after the other, as SQLite has no `WITH` that changes data.
    """

    def __init__(self, *parts: Prepared) -> None:
        """`parts` in the order in which they run one after the other."""
        *others, last = (part.filled() for part in parts)
        self._parts = parts
        self._whole = Prepared(last.add_cte(*(one.cte(f"part_{number}") for number, one in enumerate(others, 1))))

    def __call__(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Run all of them; the rows of the last one. Raises what SQLAlchemy raises, or the driver.

        Where one fails, those before it may be written: the caller's savepoint undoes them.
        """
        if connection.dialect.driver == POSTGRESQL:
            return self._whole(connection, values)
        rows: Rows = ()
        for part in self._parts:
            rows = part(connection, values)
        return rows

    def send(self, connection: Connection, values: Mapping[str, Any]) -> Callable[[], Rows]:
        """The same, where the rows are not needed yet; see `Prepared.send`."""
        if connection.dialect.driver == POSTGRESQL:
            return self._whole.send(connection, values)
        rows = self(connection, values)
        return lambda: rows


def _run(connection: Connection, text: str, values: list[Any]) -> Rows:
    """Run a statement by the driver's shortest way; its rows."""
    if connection.dialect.driver == "pysqlite":
        # The driver's own connection is the DBAPI's here; to ask SQLAlchemy for the driver's costs half a microsecond.
        return connection.connection.dbapi_connection.execute(text, values).fetchall()  # type: ignore[union-attr,no-any-return]
    return libpq_of(connection).rows(text.encode(), values)


def libpq_of(connection: Connection) -> "Libpq":
    """The connection by libpq's calls, as long as it lasts."""
    info = connection.connection.info
    if LIBPQ not in info:
        from storage.libpq import Libpq  # noqa: PLC0415 - the driver takes a tenth of a second to import

        info[LIBPQ] = Libpq(cast("psycopg.Connection[Any]", connection.connection.driver_connection))
    return cast("Libpq", info[LIBPQ])


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """How a value is given to the driver; SQLAlchemy writes SQLite's days by a format, at six times the cost."""
    if dialect.driver == "pysqlite" and isinstance(kind, Date):
        return _iso
    return _of(kind, dialect).bind_processor(dialect)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _needed(converts: Iterable[Convert | None]) -> Conversions:
    return [(place, convert) for place, convert in enumerate(converts) if convert]
