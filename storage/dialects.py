"""What the two engines are told in different words."""

from typing import Any

from sqlalchemy import URL, ColumnElement, Table, and_, bindparam, case, func, make_url, or_
from sqlalchemy.dialects.postgresql import Insert, insert

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
