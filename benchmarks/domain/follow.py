"""The morning's digests of four hundred branches with fifty open tasks each.

Timed are the job's transactions as the scheduler runs them, minute after minute, on SQLite with their writes to the
disk, until nobody is left to be told: what each group and each person reads is in the outbox then. Of a group's tasks
half are close or overdue; of their owners half have a private chat.
"""

import sqlite3
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import create_engine, event, func, select

from benchmarks.ledger import IN_A_GROUP, MONDAY, enter_people, filling, microseconds, morning
from benchmarks.result import Row, Say, WorkNotDone, middle
from bot.renderer import Renderer
from domain.work.task import remind
from storage.messaging.tables import outbox
from storage.sqlite import _prepare_writer
from storage.stores import Stores

MAX_SECONDS = 5
TASKS, OWNERS = 50, 10  # of a group
TOLD = 25  # tasks of a group that are close or overdue
HOUR = 3_600_000_000  # microseconds
PRIVATE = (
    """INSERT INTO chats (id, platform_id, kind, title, zone, language, active, admission, met_at)
    SELECT 1000000 + id, platform_id, 'private', name, 'Asia/Shanghai', 'zh', 1, 'admitted', met_at FROM members
    WHERE id % :in_a_group < :owners AND id % 2""",
    "UPDATE members SET private = 1000000 + id WHERE id % :in_a_group < :owners AND id % 2",
)
GIVE = """
WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < :tasks - 1)
INSERT INTO tasks (batch, group_id, owner_id, giver_id, title, standard, outcome, due_at, given_at, reminder, remind_at,
    source)
SELECT g.id * 1000 + k.i, g.id, (g.id - 1) * :in_a_group + 1 + k.i % :owners, (g.id - 1) * :in_a_group + 50,
    '提交学习心得' || k.i, '不少于800字', '心得一篇', :at + (k.i - 15) * 5 * :hour, :at - 400 * :hour, 'day_before',
    CASE WHEN k.i < :told THEN :at ELSE :at + 240 * :hour END, 'task-' || g.id || '-' || k.i
FROM chats g CROSS JOIN k WHERE g.kind = 'group'
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many branches, and how often their digests are made."""

    groups: int = 400
    rounds: int = 3


SHORT = Size(groups=40, rounds=1)


def measure(size: Size, say: Say) -> list[Row]:
    """The row of this benchmark. Raises WorkNotDone."""
    found = []
    for number in range(size.rounds):
        say(f"round {number + 1} of {size.rounds}")
        with tempfile.TemporaryDirectory(prefix="jingyi-") as folder:
            file = Path(folder) / "digests.db"
            with filling(file) as connection:
                _enter(connection, size.groups)
            found.append(_tell(file, size.groups))
    tasks = size.groups * TASKS
    note = f"{size.groups} messages in groups, {size.groups * OWNERS // 2:,} in private"
    what = f"digests of {size.groups} branches with {tasks:,} open tasks"
    return [Row("follow", what, "one morning", middle(found), "s", most=MAX_SECONDS, note=note)]


def _enter(connection: sqlite3.Connection, groups: int) -> None:
    enter_people(connection, groups)
    values = {"in_a_group": IN_A_GROUP, "owners": OWNERS, "tasks": TASKS, "told": TOLD, "hour": HOUR}
    values["at"] = microseconds(morning(MONDAY))
    for statement in (*PRIVATE, GIVE):
        connection.execute(statement, {name: value for name, value in values.items() if f":{name}" in statement})


def _tell(file: Path, groups: int) -> float:
    """The seconds of a morning. Raises WorkNotDone unless each group and each person is told once."""
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _prepare_writer)
    slot = morning(MONDAY)
    begun = time.perf_counter()
    with engine.connect() as connection:
        while (stores := Stores(connection, Renderer(), slot)).tasks.to_remind(slot, 1):
            remind(stores, slot)
            connection.commit()
            slot += timedelta(minutes=1)
        seconds = time.perf_counter() - begun
        told = connection.execute(select(func.count()).select_from(outbox)).scalar_one()
    engine.dispose()
    if told != groups * (1 + OWNERS // 2):
        raise WorkNotDone(f"{told} messages")
    return seconds
