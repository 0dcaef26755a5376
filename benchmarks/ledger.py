"""Large stores, written with SQL: what use cases would write over years, in seconds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from storage import migrate

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 16)  # of the newest week
IN_A_GROUP = 100  # people
A_WEEK = 5  # entries that a person has

GROUPS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :groups)
INSERT INTO chats (id, platform_id, kind, title, zone, language, active, admission, met_at)
SELECT i, -1001000000000 - i, 'group', '第' || i || '党支部', 'Asia/Shanghai', 'zh', 1, 'admitted', :met_at FROM n
"""
PEOPLE = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :people)
INSERT INTO members (id, platform_id, name, username, language, met_at)
SELECT i, 10000000 + i, '员工' || i, 'p' || i, 'zh-hans', :met_at FROM n
"""
BELONGING = """
INSERT INTO memberships (group_id, member_id, joined_at)
SELECT (id - 1) / :in_a_group + 1, id, met_at FROM members
"""
SLOTS = "CREATE TEMP TABLE slots (k INTEGER PRIMARY KEY, day TEXT, monday TEXT, at INTEGER)"
ENTRIES = """
INSERT INTO points_entries (member_id, group_id, rule, event, source, ordinal, cause, points,
    day, at)
SELECT m.id, (m.id - 1) / :in_a_group + 1, 'study.read', 'study.read', 'study:item-' || s.k, 0,
    '有限空间作业先通风、再检测、后作业',
    1 + (m.id * 7 + s.k * 13) % 5, s.day, s.at + m.id
FROM members m CROSS JOIN slots s
"""
TOTALS = "INSERT INTO points_totals SELECT member_id, sum(points) FROM points_entries GROUP BY member_id"
WEEKS = """
INSERT INTO points_weeks (group_id, monday, member_id, points)
SELECT (m.id - 1) / :in_a_group + 1, s.monday, m.id, sum(1 + (m.id * 7 + s.k * 13) % 5)
FROM members m CROSS JOIN slots s GROUP BY s.monday, m.id
"""
INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"


def microseconds(moment: datetime) -> int:
    """A moment as SQLite keeps it."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def morning(day: date) -> datetime:
    """09:00 in the groups' zone."""
    return datetime.combine(day, time(9), ZONE)


@contextmanager
def filling(file: Path) -> Iterator[sqlite3.Connection]:
    """A new store, open for writing much at once; it is what it would be otherwise when the block ends."""
    migrate.upgrade(f"sqlite:///{file}")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def without_indexes(connection: sqlite3.Connection, table: str) -> Iterator[None]:
    """Indexes are built at the end, which is quicker."""
    indexes = connection.execute(INDEXES, (table,)).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        connection.execute(sql)


def enter_people(connection: sqlite3.Connection, groups: int) -> None:
    """Groups of a hundred people."""
    values = {
        "groups": groups,
        "people": groups * IN_A_GROUP,
        "in_a_group": IN_A_GROUP,
        "met_at": microseconds(morning(MONDAY)),
    }
    for statement in (GROUPS, PEOPLE, BELONGING):
        connection.execute(statement, values)


def enter_years(file: Path, groups: int, weeks: int) -> int:
    """A store in which everybody has five entries in each of so many weeks; how many entries there are."""
    with filling(file) as connection:
        enter_people(connection, groups)
        connection.execute(SLOTS)
        connection.executemany("INSERT INTO slots VALUES (?, ?, ?, ?)", _slots(weeks))
        with without_indexes(connection, "points_entries"):
            connection.execute(ENTRIES, {"in_a_group": IN_A_GROUP})
        connection.execute(TOTALS)
        with without_indexes(connection, "points_weeks"):
            connection.execute(WEEKS, {"in_a_group": IN_A_GROUP})
        return int(connection.execute("SELECT count(*) FROM points_entries").fetchone()[0])


def _slots(weeks: int) -> Iterator[tuple[int, str, str, int]]:
    for k in range(weeks * A_WEEK):
        monday = MONDAY - timedelta(weeks=k // A_WEEK)
        day = monday + timedelta(days=k % A_WEEK)
        yield k, day.isoformat(), monday.isoformat(), microseconds(morning(day))
