"""Answers to questions, what people are being asked, sets of questions, challenges.

Revision 0047, after 0046.

What was answered to quizzes so far are attempts of the days on which they were asked. An item that has no quiz any more
gets a question that is asked no more, so that its answers stay.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

GONE = """
INSERT INTO study_questions (code, item_id, kind, text, content, explanation, source, topic, version, retired)
SELECT i.code, i.id, 'single', i.title, '{}', '', i.source, i.topic, 1, TRUE FROM study_items i
WHERE EXISTS (SELECT 1 FROM study_answers a WHERE a.item_id = i.id)
AND NOT EXISTS (SELECT 1 FROM study_questions q WHERE q.code = i.code)
"""
MOVE = """
INSERT INTO study_attempts (member_id, question_id, occasion, occasion_id, group_id, answer, "right", at, hasty)
SELECT a.member_id, q.id, 'daily', a.prompt_id, p.group_id, '[' || a.choice || ']', a."right", a.at, FALSE
FROM study_answers a
JOIN study_prompts p ON p.id = a.prompt_id
JOIN study_items i ON i.id = a.item_id
JOIN study_questions q ON q.code = i.code
ORDER BY a.at
"""


def upgrade() -> None:
    """Forward."""
    _attempts()
    _posed()
    _sheets()
    _sets()
    _challenges()
    op.execute(sa.text(GONE))
    op.execute(sa.text(MOVE))
    op.drop_table("study_answers")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f("_".join(("ix", table, *columns))), table, list(columns))


def _attempts() -> None:
    table = "study_attempts"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("occasion_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("answer", Json(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=True),
        sa.Column("hasty", sa.Boolean(), nullable=False),
        _key(table, "member_id", "members"),
        _key(table, "group_id", "chats"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_attempts")),
        sa.UniqueConstraint(
            "member_id",
            "question_id",
            "occasion",
            "occasion_id",
            name=op.f("uq_study_attempts_member_id_question_id_occasion_occasion_id"),
        ),
    )
    for columns in (("question_id",), ("occasion", "occasion_id"), ("group_id", "at")):
        _index(table, *columns)


def _posed() -> None:
    op.create_table(
        "posed_quizzes",
        sa.Column("prompt_id", Id, autoincrement=False, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("options", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prompt_id", name=op.f("pk_posed_quizzes")),
    )


def _sheets() -> None:
    table = "study_sheets"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("occasion", sa.String(16), nullable=False),
        sa.Column("occasion_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("given", Json(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        _key(table, "member_id", "members"),
        _key(table, "group_id", "chats"),
        _key(table, "chat_id", "chats"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_sheets")),
        sa.UniqueConstraint(
            "member_id", "occasion", "occasion_id", name=op.f("uq_study_sheets_member_id_occasion_occasion_id")
        ),
    )


def _sets() -> None:
    op.create_table(
        "question_sets",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opens_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("maker_id", Id, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        _key("question_sets", "group_id", "chats"),
        _key("question_sets", "maker_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_sets")),
        sa.UniqueConstraint("source", name=op.f("uq_question_sets_source")),
    )
    for columns in (("maker_id",), ("group_id", "closes_at"), ("closed_at", "closes_at")):
        _index("question_sets", *columns)
    op.create_table(
        "set_questions",
        sa.Column("set_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("question_id", Id, nullable=False),
        _key("set_questions", "set_id", "question_sets"),
        sa.PrimaryKeyConstraint("set_id", "place", name=op.f("pk_set_questions")),
    )


def _challenges() -> None:
    table = "challenges"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("began_at", Moment, nullable=False),
        sa.Column("questions", Json(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        _key(table, "member_id", "members"),
        _key(table, "group_id", "chats"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    _index(table, "member_id", "day")
