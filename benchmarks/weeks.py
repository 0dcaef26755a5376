"""Groups with lively weeks, written with SQL: study, tasks, surveys and suggestions, and the points for them."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.ledger import A_WEEK, MONDAY, enter_people, filling, microseconds, morning, without_indexes

WEEKS = 2  # the one that is summed up, and the one before
SLOTS = "CREATE TEMP TABLE slots (k INTEGER PRIMARY KEY, week INTEGER, day TEXT, monday TEXT, at INTEGER)"
HOUR = 3_600_000_000  # microseconds
NAMES = {"hour": HOUR, "day": 24 * HOUR}
# Of a group's hundred people who is which is told by the remainder of their number.
STATEMENTS = (
    """INSERT INTO study_items (id, code, title, topic, text, source)
    SELECT k + 1, 'item-' || k, '有限空间作业', '安全', '先通风、再检测、后作业', '安全规程' FROM slots""",
    """INSERT INTO study_prompts (group_id, item_id, day, at)
    SELECT c.id, s.k + 1, s.day, s.at FROM slots s CROSS JOIN chats c""",
    """INSERT INTO study_attempts (member_id, question_id, occasion, occasion_id, group_id, answer, "right", at, hasty)
    SELECT m.member_id, p.item_id, 'daily', p.id, p.group_id, '[0]', (m.member_id + p.item_id) % 10 < 7,
        p.at + m.member_id, 0
    FROM study_prompts p JOIN memberships m ON m.group_id = p.group_id WHERE (m.member_id + p.item_id) % 2""",
    """INSERT INTO tasks (batch, group_id, owner_id, giver_id, title, standard, outcome,
        due_at, given_at, done_at, source)
    SELECT m.member_id, m.group_id, m.member_id, m.member_id - m.member_id % 100 + 1, '提交学习心得', '', '',
        s.at + 8 * :hour, s.at - :day,
        CASE m.member_id % 10 WHEN 8 THEN s.at + 9 * :hour WHEN 9 THEN NULL ELSE s.at + 7 * :hour END,
        'task-' || m.member_id || '-' || s.k
    FROM memberships m JOIN slots s ON s.k % 5 = 3 WHERE m.member_id % 100 < 10""",
    """INSERT INTO surveys (group_id, asker_id, question, options, anonymous, asked_at, closes_at, published_at,
        tally, source)
    SELECT c.id, c.id * 100, '主题党日几点开始？', '["16:00","17:00"]', 0, s.at - :day, s.at, s.at,
        '{"votes":[40,20],"voters":60}', 'survey-' || c.id || '-' || s.k
    FROM slots s CROSS JOIN chats c WHERE s.k % 5 = 4""",
    """INSERT INTO suggestions (group_id, author_id, text, keywords, tags, at, repeats, source, fingerprint)
    SELECT m.group_id, m.member_id, '食堂晚班加个热菜', '["食堂","热菜"]',
        CASE m.member_id % 3 WHEN 0 THEN '["食堂"]' WHEN 1 THEN '["安全","设备"]' ELSE '[]' END,
        s.at + m.member_id, 1, 'suggestion-' || m.member_id || '-' || s.k, m.member_id || '-' || s.k
    FROM memberships m JOIN slots s ON s.k % 5 = 2 WHERE m.member_id % 20 = 0""",
)
ENTRY = (
    """INSERT INTO points_entries (member_id, group_id, rule, event, source, ordinal, cause, points, day, at) SELECT """
)
ENTRIES = (
    """m.member_id, p.group_id, 'study.read', 'study.read',
        'study:item-' || (p.item_id - 1), 0, '有限空间作业', 1, p.day, p.at + 1
    FROM study_prompts p JOIN memberships m ON m.group_id = p.group_id WHERE (m.member_id * 3 + p.item_id) % 5 < 3""",
    """a.member_id, p.group_id, 'study.right', 'quiz.answered',
        'study:item-' || (p.item_id - 1), 0, '有限空间作业', 1, p.day, a.at
    FROM study_attempts a JOIN study_prompts p ON p.id = a.occasion_id WHERE a."right" """,
    """t.owner_id, t.group_id, CASE WHEN t.done_at > t.due_at THEN 'task.late' ELSE 'task.on_time' END, 'task.done',
        'task:' || t.id, 0, t.title, 5, s.day, t.done_at
    FROM tasks t JOIN slots s ON s.at - :day = t.given_at WHERE t.done_at IS NOT NULL""",
    """m.member_id, v.group_id, 'survey.answered', 'survey.answered',
        'survey:' || v.id, 0, v.question, 1, s.day, s.at - :hour
    FROM surveys v JOIN slots s ON s.at = v.published_at JOIN memberships m ON m.group_id = v.group_id
    WHERE m.member_id % 10 < 6""",
    """g.author_id, g.group_id, 'suggestion.made', 'suggestion.made', 'suggestion:' || g.id, 0, g.text, 2, s.day, g.at
    FROM suggestions g JOIN slots s ON g.source LIKE 'suggestion-%-' || s.k""",
)
KEPT = (
    "INSERT INTO points_totals SELECT member_id, sum(points) FROM points_entries GROUP BY member_id",
    """INSERT INTO points_weeks (group_id, monday, member_id, points)
    SELECT e.group_id, s.monday, e.member_id, sum(e.points) FROM points_entries e JOIN slots s ON s.day = e.day
    GROUP BY s.monday, e.group_id, e.member_id""",
)


def enter_weeks(file: Path, groups: int) -> None:
    """A store of so many groups of a hundred people with two weeks behind them."""
    with filling(file) as connection:
        enter_people(connection, groups)
        connection.execute(SLOTS)
        connection.executemany("INSERT INTO slots VALUES (?, ?, ?, ?, ?)", _slots())
        for statement in STATEMENTS:
            _execute(connection, statement)
        with without_indexes(connection, "points_entries"):
            for entries in ENTRIES:
                _execute(connection, ENTRY + entries)
        for statement in KEPT:
            _execute(connection, statement)


def _execute(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute(statement, {name: value for name, value in NAMES.items() if f":{name}" in statement})


def _slots() -> Iterator[tuple[int, int, str, str, int]]:
    for k in range(WEEKS * A_WEEK):
        monday = MONDAY - timedelta(weeks=k // A_WEEK)
        day = monday + timedelta(days=k % A_WEEK)
        yield k, k // A_WEEK, day.isoformat(), monday.isoformat(), microseconds(morning(day))
