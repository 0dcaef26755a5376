"""A week's facts in plain SQL on bare sqlite3: what somebody would write who needs just these numbers.

`EACH` asks for one group, fact by fact, as the program has to (a group's summary is a job of its own). `ALL` asks once
for all groups together, which no program does that posts group by group; it is the least that reading can cost.
"""

import sqlite3
from typing import Any

EACH = {
    "active": """SELECT count(DISTINCT member_id) FROM points_entries
        WHERE group_id = :group AND at >= :since AND at < :until""",
    "items": "SELECT count(*) FROM study_prompts WHERE group_id = :group AND at >= :since AND at < :until",
    "read": """SELECT count(*) FROM points_entries WHERE group_id = :group AND at >= :since AND at < :until
        AND rule = 'study.read' AND ordinal % 2 = 0""",
    "answers": """SELECT count(*), total(a."right") FROM study_attempts a
        WHERE a.group_id = :group AND a.occasion = 'daily' AND a.at >= :since AND a.at < :until""",
    "done": """SELECT total(done_at <= due_at), total(done_at > due_at) FROM tasks
        WHERE group_id = :group AND done_at >= :since AND done_at < :until""",
    "open": """SELECT count(*), total(due_at < :until) FROM tasks
        WHERE group_id = :group AND given_at < :until AND (done_at IS NULL OR done_at >= :until)""",
    "surveys": """SELECT count(*), total(json_extract(tally, '$.voters')) FROM surveys
        WHERE group_id = :group AND published_at >= :since AND published_at < :until""",
    "suggestions": "SELECT count(*) FROM suggestions WHERE group_id = :group AND at >= :since AND at < :until",
    "topics": """SELECT value, count(*) FROM suggestions, json_each(
            CASE tags WHEN '[]' THEN json_array(json_extract(keywords, '$[0]')) ELSE tags END)
        WHERE group_id = :group AND at >= :since AND at < :until GROUP BY value ORDER BY 2 DESC, 1 LIMIT 3""",
    "board": """SELECT rank() OVER (ORDER BY w.points DESC), m.name, w.points
        FROM points_weeks w JOIN members m ON m.id = w.member_id
        WHERE w.group_id = :group AND w.monday = :monday AND w.points > 0 ORDER BY w.points DESC, m.id LIMIT 20""",
    "ranked": "SELECT count(*) FROM points_weeks WHERE group_id = :group AND monday = :monday AND points > 0",
}
ALL = {
    "active": """SELECT group_id, count(DISTINCT member_id) FROM points_entries
        WHERE at >= :since AND at < :until GROUP BY group_id""",
    "items": "SELECT group_id, count(*) FROM study_prompts WHERE at >= :since AND at < :until GROUP BY group_id",
    "read": """SELECT group_id, count(*) FROM points_entries WHERE at >= :since AND at < :until
        AND rule = 'study.read' AND ordinal % 2 = 0 GROUP BY group_id""",
    "answers": """SELECT p.group_id, count(*), total(a."right")
        FROM study_attempts a JOIN study_prompts p ON p.id = a.occasion_id AND a.occasion = 'daily'
        WHERE a.at >= :since AND a.at < :until GROUP BY p.group_id""",
    "done": """SELECT group_id, total(done_at <= due_at), total(done_at > due_at) FROM tasks
        WHERE done_at >= :since AND done_at < :until GROUP BY group_id""",
    "open": """SELECT group_id, count(*), total(due_at < :until) FROM tasks
        WHERE given_at < :until AND (done_at IS NULL OR done_at >= :until) GROUP BY group_id""",
    "surveys": """SELECT group_id, count(*), total(json_extract(tally, '$.voters')) FROM surveys
        WHERE published_at >= :since AND published_at < :until GROUP BY group_id""",
    "suggestions": """SELECT group_id, count(*) FROM suggestions
        WHERE at >= :since AND at < :until GROUP BY group_id""",
    "topics": """SELECT group_id, value, count(*) FROM suggestions, json_each(
            CASE tags WHEN '[]' THEN json_array(json_extract(keywords, '$[0]')) ELSE tags END)
        WHERE at >= :since AND at < :until GROUP BY group_id, value""",
    "board": """SELECT w.group_id, rank() OVER (PARTITION BY w.group_id ORDER BY w.points DESC), m.name, w.points
        FROM points_weeks w JOIN members m ON m.id = w.member_id WHERE w.monday = :monday AND w.points > 0""",
    "ranked": "SELECT group_id, count(*) FROM points_weeks WHERE monday = :monday AND points > 0 GROUP BY group_id",
}
Facts = dict[str, list[tuple[Any, ...]]]


def each(connection: sqlite3.Connection, group: int, span: dict[str, Any]) -> Facts:
    """One group's facts."""
    values = {**span, "group": group}
    return {name: connection.execute(sql, values).fetchall() for name, sql in EACH.items()}


def at_once(connection: sqlite3.Connection, span: dict[str, Any]) -> Facts:
    """All groups' facts."""
    return {name: connection.execute(sql, span).fetchall() for name, sql in ALL.items()}
