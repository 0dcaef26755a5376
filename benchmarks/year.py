"""A year of party life of many branches in a store, written with SQL: what use cases would write, in seconds."""

import json
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ledger import filling, microseconds, morning, without_indexes
from domain.life.inspection.rubric import Item, Rubric, as_cells

FIRST = date(2025, 1, 1)
DAYS = 365
IN_A_BRANCH = 50  # people
TASKS, WEEKS = 20, 52  # a person's tasks in the year; items that they read, and questions that they answer
BOARD = 5  # people on a committee
HOUR = 3_600_000_000  # microseconds
NUMBERS = "CREATE TEMP TABLE k (i INTEGER PRIMARY KEY)"
COUNT = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :count - 1)
INSERT INTO k SELECT i FROM n
"""
BRANCHES = (
    "INSERT INTO branches (id, kind, name) VALUES (1, 'committee', '公司党委')",
    """INSERT INTO branches (id, parent_id, kind, name)
    SELECT i + 2, 1, 'branch', '第' || (i + 1) || '党支部' FROM k""",
    """INSERT INTO chats (id, platform_id, kind, title, zone, language, active, admission, met_at, branch_id)
    SELECT id, -1000000 - id, 'group', name, 'Asia/Shanghai', 'zh', 1, 'admitted', :begin, id FROM branches
    WHERE id > 1""",
)
# Person and member n are in branch (n - 1) / 50 + 2; the first of each leads it, the next four are on its committee.
PEOPLE = (
    """INSERT INTO members (id, platform_id, name, met_at)
    SELECT i + 1, 10000000 + i, '员工' || (i + 1), :begin FROM k""",
    """INSERT INTO people (id, number, name, branch_id, role, phone, member_id)
    SELECT id, id, name, (id - 1) / :size + 2, '', '', id FROM members""",
    "INSERT INTO placements (person_id, since, branch_id) SELECT id, '1900-01-01', branch_id FROM people",
    """INSERT INTO grants (member_id, role, branch_id, granted_at)
    SELECT id, CASE (id - 1) % :size WHEN 0 THEN 'secretary' ELSE 'committee' END, branch_id, :begin FROM people
    WHERE (id - 1) % :size < :board""",
)
CALENDAR = "CREATE TEMP TABLE calendar (kind TEXT, at INTEGER, everybody INTEGER)"
MEETINGS = (
    """INSERT INTO meetings (group_id, branch_id, kind, starts_at, place, agenda, audience, caller_id, called_at, state,
        code, by_button, opened_at, ended_at, minutes, source)
    SELECT b.id, b.id, c.kind, c.at, '会议室', '[]', CASE c.everybody WHEN 1 THEN 'party' ELSE 'committee' END,
        (b.id - 2) * :size + 1, c.at - 24 * :hour, 'ended', '', 0, c.at, c.at + :hour, '', b.id || c.kind || c.at
    FROM branches b CROSS JOIN calendar c WHERE b.id > 1 AND (b.id + c.at / :hour) % 17""",
    """INSERT INTO meeting_people (meeting_id, person_id, entitled, reply, reason, present_at, tries)
    SELECT m.id, p.id, 1, CASE (p.id + m.id) % 23 WHEN 0 THEN 'away' ELSE 'none' END, '',
        CASE WHEN (p.id + m.id) % 23 IN (0, 1, 2) THEN NULL ELSE m.starts_at END, 0
    FROM meetings m JOIN people p ON p.branch_id = m.branch_id
    WHERE m.audience = 'party' OR (p.id - 1) % :size < :board""",
)
LIBRARY = (
    """INSERT INTO study_items (id, code, title, topic, text, source)
    SELECT i + 1, 'item-' || i, '第' || i || '课', '安全', '内容', '规程' FROM k""",
    """INSERT INTO study_questions (id, item_id, code, kind, text, content, explanation, source, topic, version,
        retired)
    SELECT id, id, code, 'single', title || '？', '{}', '', '', topic, 1, 0 FROM study_items""",
    """INSERT INTO study_prompts (id, group_id, item_id, day, at)
    SELECT c.id * 100 + s.id, c.id, s.id, date('2025-01-01', '+' || (s.id * 7 - 7) || ' days'),
        :begin + (s.id - 1) * 7 * 24 * :hour FROM chats c CROSS JOIN study_items s""",
)
STUDY = {
    "study_reads": """INSERT INTO study_reads (prompt_id, member_id, at)
    SELECT s.id, p.id, s.at + p.id FROM study_prompts s JOIN people p ON p.branch_id = s.group_id
    WHERE (p.id + s.item_id) % 5""",
    "study_attempts": """INSERT INTO study_attempts (member_id, question_id, occasion, occasion_id, group_id, answer,
        "right", at, hasty)
    SELECT p.id, s.item_id, 'daily', s.id, s.group_id, '[0]', (p.id * 7 + s.item_id) % 4 > 0, s.at + p.id, 0
    FROM study_prompts s JOIN people p ON p.branch_id = s.group_id""",
}
TASK = """INSERT INTO tasks (batch, group_id, owner_id, giver_id, title, standard, outcome, due_at, given_at, done_at,
        source, state)
    SELECT p.id * 100 + k.i, p.branch_id, p.id, CASE (p.id - 1) % :size WHEN 0 THEN p.id + 1
        ELSE (p.branch_id - 2) * :size + 1 END, '提交学习心得', '', '', :begin + (k.i + 1) * 18 * 24 * :hour,
        :begin + k.i * 18 * 24 * :hour,
        CASE (p.id + k.i) % 40 WHEN 0 THEN NULL ELSE :begin + (k.i * 18 + 12 + (p.id + k.i) % 7) * 24 * :hour END,
        'task', CASE (p.id + k.i) % 40 WHEN 0 THEN 'given' ELSE 'done' END
    FROM people p CROSS JOIN k"""
EVENTS = """INSERT INTO task_events (task_id, what, by_id, at)
SELECT id, 'given', giver_id, given_at FROM tasks
UNION ALL SELECT id, 'done', owner_id, done_at FROM tasks WHERE done_at IS NOT NULL"""
SUGGESTIONS = (
    """INSERT INTO suggestions (id, group_id, author_id, text, keywords, tags, at, repeats, source, fingerprint)
    SELECT id, branch_id, id, '建议第' || id || '条', '[]', '[]', :begin + id % 300 * 24 * :hour, 0, 's' || id, id
    FROM people""",
    """INSERT INTO suggestion_steps (suggestion_id, step, stage, at, reason)
    SELECT id, CASE id % 9 WHEN 0 THEN 'escalate' ELSE 'consider' END, 'considered', at + 24 * :hour, ''
    FROM suggestions
    UNION ALL SELECT id, CASE id % 3 WHEN 0 THEN 'refuse' ELSE 'adopt' END, 'adopted', at + 48 * :hour, ''
    FROM suggestions""",
)

# Four trainings for everybody, a cross-inspection of twenty items in each quarter, ten findings in each branch.
TRAININGS = (
    """INSERT INTO trainings (id, group_id, branch_id, subject, scope, for_role, minutes, year, quarter, required,
        planner_id, planned_at, need, source)
    SELECT i + 1, 2, 1, '培训' || i, 'everybody', '', 60, 2025, i + 1, 1, 1, :begin, '', 'training' || i FROM k""",
    """INSERT INTO training_records (training_id, person_id, got_on)
    SELECT k.i + 1, p.id, '2025-0' || (k.i * 2 + 1) || '-15' FROM people p CROSS JOIN k WHERE (p.id + k.i) % 10""",
)
INSPECTIONS = (
    """INSERT INTO inspection_rubrics (id, title, version, balance, criteria, brought_at)
    VALUES (1, '支部互查', 1, 'mean', :criteria, :begin)""",
    """INSERT INTO inspection_rounds (id, rubric_id, owner_id, since, until, seed, opened_at, state, ended_at, publish,
        source, conflicts)
    SELECT i + 1, 1, 1, '2025-01-01', '2025-12-31', 1, :begin, 'final', :begin + (i + 1) * 80 * 24 * :hour, 'none',
        'round' || i, '[]' FROM k""",
    """INSERT INTO inspections (round_id, by_branch_id, branch_id, inspector_id, stage, item, handed_in_at, words,
        reply)
    SELECT r.id, CASE b.id WHEN 2 THEN (SELECT max(id) FROM branches) ELSE b.id - 1 END, b.id, (b.id / 4) * :size + 1,
        'accepted', 0, r.opened_at, '', '' FROM inspection_rounds r CROSS JOIN branches b WHERE b.id > 1""",
    """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
    INSERT INTO inspection_scores (inspection_id, item, points, note)
    SELECT o.id, n.i, 3 + (o.id * 7 + n.i) % 3, '' FROM inspections o CROSS JOIN n""",
)
FINDINGS = (
    """INSERT INTO findings (id, group_id, branch_id, title, detail, kind, source, item, finder_id, found_at, state,
        round, reason, "key")
    SELECT c.id * 100 + k.i, c.id, c.id, '记录不全', '', 'records', 'inspection', '', 1, :begin, 'closed', 1, '',
        c.id || '-' || k.i FROM chats c CROSS JOIN k""",
    """INSERT INTO finding_rounds (finding_id, number, opened_at, due_at, cause, measure, closed_at, note)
    SELECT id, 1, found_at, found_at + 100 * 24 * :hour, '', '', found_at + (90 + id % 12) * 24 * :hour, ''
    FROM findings""",
)
RUBRIC = Rubric("支部互查", tuple(Item(f"第{number}项", 5, "查台账") for number in range(1, 21)))
CRITERIA = json.dumps(as_cells(RUBRIC)["criteria"])


def enter(file: Path, branches: int) -> int:
    """A store in which so many branches of fifty people have lived a year; how many entries there are."""
    values: dict[str, Any] = {"begin": microseconds(morning(FIRST)), "size": IN_A_BRANCH, "board": BOARD, "hour": HOUR}
    with filling(file) as connection:
        connection.execute(NUMBERS)
        _run(connection, BRANCHES, branches, values)
        _run(connection, PEOPLE, branches * IN_A_BRANCH, values)
        connection.execute(CALENDAR)
        connection.executemany("INSERT INTO calendar VALUES (?, ?, ?)", _calendar())
        with without_indexes(connection, "meeting_people"):
            _run(connection, MEETINGS, 0, values)
        _run(connection, LIBRARY, WEEKS, values)
        for table, statement in STUDY.items():
            with without_indexes(connection, table):
                _run(connection, (statement,), 0, values)
        with without_indexes(connection, "tasks"), without_indexes(connection, "task_events"):
            _run(connection, (TASK, EVENTS), TASKS, values)
        _run(connection, SUGGESTIONS, 0, values)
        _run(connection, TRAININGS, 4, values)
        _run(connection, INSPECTIONS, 4, {**values, "criteria": CRITERIA})
        _run(connection, FINDINGS, 10, values)
        tables = ("meeting_people", "tasks", "study_reads", "study_attempts", "suggestion_steps", "training_records")
        return sum(int(connection.execute(f"SELECT count(*) FROM {one}").fetchone()[0]) for one in tables)  # noqa: S608


def _run(connection: sqlite3.Connection, statements: tuple[str, ...], count: int, values: dict[str, Any]) -> None:
    """Statements, with the numbers from 0 up to so many in the table `k`."""
    connection.execute("DELETE FROM k")
    connection.execute(COUNT, {"count": count})
    for statement in statements:
        connection.execute(statement, {name: value for name, value in values.items() if f":{name}" in statement})


def _calendar() -> list[tuple[str, int, int]]:
    """What a branch holds in a year: what the regulations ask for."""
    found = []
    for month in range(1, 13):
        day = date(FIRST.year, month, 15)
        kinds = [("committee", 0), ("theme_day", 1)]
        kinds += [("assembly", 1), ("lecture", 1)] if month % 3 == 0 else []
        kinds += [("life", 1), ("appraisal", 1)] if month == 12 else []
        found += [
            (kind, microseconds(morning(day + timedelta(days=place))), everybody)
            for place, (kind, everybody) in enumerate(kinds)
        ]
    return found
