"""Answers to questions, what people are being asked, sets of questions, challenges.

Revision 0047, after 0043.

What was answered to quizzes so far are attempts of the days on which they were asked.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    _attempts()
    _sheets()
    _sets()
    _challenges()


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
            "member_id", "question_id", "occasion", "occasion_id", name=op.f("uq_study_attempts_member_id")
        ),
    )
    for columns in (("question_id",), ("occasion", "occasion_id"), ("group_id", "at")):
        _index(table, *columns)


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
        sa.UniqueConstraint("member_id", "occasion", "occasion_id", name=op.f("uq_study_sheets_member_id")),
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
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        _key(table, "member_id", "members"),
        _key(table, "group_id", "chats"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    _index(table, "member_id", "day")
