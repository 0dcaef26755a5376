"""What state a store on PostgreSQL is in, looked at without changing it."""

from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

from storage import migrate
from storage.admin.seal import SEALS, to_seal
from storage.condition import Condition
from storage.dialects import address
from storage.errors import StoreError
from storage.messaging.postgres_worker import CLASS, LEADER

CONNECT_TIMEOUT = 10  # seconds
SESSION = "-c default_transaction_read_only=on -c statement_timeout=10s"
ABOUT = """
SELECT current_database(), current_setting('server_version_num')::int, current_setting('server_version'),
pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()
"""
HELD = """
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
WORKERS = f"{HELD} AND objsubid = 2 AND classid = {CLASS}::int8::bit(32)::int8::oid"
LEADERS = f"{HELD} AND objsubid = 1 AND (classid::int8 << 32 | objid::int8) = {LEADER}::int8"


@dataclass(frozen=True, slots=True)
class Server:
    """`number` is the server's version as it counts (180004), `version` as people write it (18.4).

    `workers` are the server's processes that programs of this bot hang on, `leader` is the one that holds the lead.
    """

    database: str
    number: int
    version: str
    encoding: str
    workers: frozenset[int]
    leader: int | None
    condition: Condition


def look(url: str) -> Server:
    """The condition of the store at an address. Raises StoreError for a server that cannot be asked."""
    made = address(url)
    arguments = dict(made.get_dialect()().create_connect_args(made)[1])
    arguments |= {"connect_timeout": CONNECT_TIMEOUT, "options": SESSION}
    try:
        with closing(psycopg.connect(**arguments, autocommit=True)) as connection:
            return _look(connection)
    except psycopg.Error as error:
        raise StoreError(error.diag.message_primary or str(error).partition("\n")[0]) from error


def _look(connection: psycopg.Connection[Any]) -> Server:
    database, number, version, encoding = connection.execute(ABOUT).fetchall()[0]
    workers = frozenset(pid for (pid,) in connection.execute(WORKERS))
    leader = next((pid for (pid,) in connection.execute(LEADERS)), None)
    return Server(database, number, version.partition(" ")[0], encoding, workers, leader, _condition(connection))


def _condition(connection: psycopg.Connection[Any]) -> Condition:
    version = next(iter(_values(connection, "alembic_version", "SELECT version_num FROM alembic_version")), None)
    lessons = _values(connection, "study_items", "SELECT count(*) FROM study_items")
    years = _values(connection, "calendar_days", "SELECT DISTINCT extract(year FROM day)::int FROM calendar_days")
    bots = _values(connection, "bots", "SELECT id FROM bots")
    seen = _values(connection, "time_marks", "SELECT seen_at FROM time_marks WHERE seen_at IS NOT NULL")
    known = version in migrate.known_versions()
    seals = tuple(map(to_seal, _rows(connection, "seals", str(SEALS.compile()))))
    return Condition(
        version,
        migrate.newest_version(),
        known,
        None,
        sum(lessons),
        frozenset(years),
        frozenset(bots),
        seals,
        next(iter(seen), None),
    )


def _values(connection: psycopg.Connection[Any], table: str, statement: str) -> list[Any]:
    """A statement's first column; nothing without its table."""
    return [row[0] for row in _rows(connection, table, statement)]


def _rows(connection: psycopg.Connection[Any], table: str, statement: str) -> list[tuple[Any, ...]]:
    """A statement's rows; nothing without its table."""
    there = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
    if there is None or there[0] is None:
        return []
    return list(connection.execute(statement.encode()))
