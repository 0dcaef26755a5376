"""What state a SQLite store is in, looked at without changing it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from domain.admin.seal import EPOCH, MICROSECOND, Seal
from storage import migrate
from storage.admin.seal import SEALS, to_seal


@dataclass(frozen=True, slots=True)
class Condition:
    """`version` is the schema's (`None`: it has none), `newest` the program's; `fault` what the engine found wrong.

    `seen_at` is the last time that a clock told which could be trusted.
    """

    version: str | None
    newest: str
    known: bool
    fault: str | None
    lessons: int
    years: frozenset[int]
    bots: frozenset[int] = frozenset()  # whose updates it has taken in
    seals: tuple[Seal, ...] = ()
    seen_at: datetime | None = None


def look(file: Path) -> Condition:
    """The condition of a store that is there. Raises sqlite3.Error for a file that cannot be read as one."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=rw", uri=True)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        version = _one(connection, "alembic_version", "SELECT version_num FROM alembic_version")
        years = _years(connection)
        bots = _bots(connection)
        seals = _seals(connection)
        lessons = _one(connection, "study_items", "SELECT count(*) FROM study_items")
        seen_at = _one(connection, "time_marks", "SELECT seen_at FROM time_marks WHERE seen_at IS NOT NULL")
    known = version in migrate.known_versions()
    fault = None if found == "ok" else found
    moment = None if seen_at is None else EPOCH + int(seen_at) * MICROSECOND
    return Condition(version, migrate.newest_version(), known, fault, int(lessons or 0), years, bots, seals, moment)


def _seals(connection: sqlite3.Connection) -> tuple[Seal, ...]:
    """The ends of the sealed chains."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seals'").fetchone():
        return ()
    rows = connection.execute(str(SEALS.compile()))
    return tuple(
        to_seal((chain, None if begun is None else EPOCH + begun * MICROSECOND, *rest)) for chain, begun, *rest in rows
    )


def _years(connection: sqlite3.Connection) -> frozenset[int]:
    """The years of which the enterprise's own calendar has days."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'calendar_days'").fetchone():
        return frozenset()
    return frozenset(
        int(year) for (year,) in connection.execute("SELECT DISTINCT substr(day, 1, 4) FROM calendar_days")
    )


def _bots(connection: sqlite3.Connection) -> frozenset[int]:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'bots'").fetchone():
        return frozenset()
    return frozenset(bot for (bot,) in connection.execute("SELECT id FROM bots"))


def _one(connection: sqlite3.Connection, table: str, statement: str) -> str | None:
    """The first value of a statement; `None` without its table or any row."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
        return None
    row = connection.execute(statement).fetchone()
    return None if row is None else str(row[0])
