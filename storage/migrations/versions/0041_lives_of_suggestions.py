"""What becomes of suggestions, alarms about acute danger, and who is on call.

Revision 0041, after 0035.

Suggestions that were made before have been received; nobody is late with them.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEGIN = """
INSERT INTO suggestion_lives (suggestion_id, stage, group_id, changed_at, level, version, reason)
SELECT id, 'received', group_id, at, 'secretary', 0, '' FROM suggestions
"""


def upgrade() -> None:
    """Forward."""
    _lives()
    _steps()
    _alarms()
    op.execute(sa.text(BEGIN))


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f("_".join(("ix", table, *columns))), table, list(columns))


def _lives() -> None:
    table = "suggestion_lives"
    op.create_table(
        table,
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("adopted_by", Id, nullable=True),
        sa.Column("task_batch", Id, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _key(table, "suggestion_id", "suggestions"),
        _key(table, "group_id", "chats"),
        _key(table, "adopted_by", "members"),
        sa.PrimaryKeyConstraint("suggestion_id", name=op.f("pk_suggestion_lives")),
    )
    for columns in (("group_id", "stage"), ("stage", "due_on"), ("task_batch",)):
        _index(table, *columns)


def _steps() -> None:
    table = "suggestion_steps"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("group_id", Id, nullable=True),
        _key(table, "suggestion_id", "suggestions"),
        _key(table, "member_id", "members"),
        _key(table, "group_id", "chats"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_steps")),
    )
    for columns in (("suggestion_id", "id"), ("member_id",)):
        _index(table, *columns)


def _alarms() -> None:
    op.create_table(
        "hazard_alarms",
        sa.Column("id", Id, nullable=False),
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("raised_at", Moment, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("next_at", Moment, nullable=True),
        sa.Column("acknowledged_by", Id, nullable=True),
        sa.Column("acknowledged_at", Moment, nullable=True),
        _key("hazard_alarms", "suggestion_id", "suggestions"),
        _key("hazard_alarms", "group_id", "chats"),
        _key("hazard_alarms", "acknowledged_by", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard_alarms")),
        sa.UniqueConstraint("suggestion_id", name=op.f("uq_hazard_alarms_suggestion_id")),
    )
    _index("hazard_alarms", "next_at")
    op.create_table(
        "hazard_calls",
        sa.Column("alarm_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        _key("hazard_calls", "alarm_id", "hazard_alarms"),
        _key("hazard_calls", "member_id", "members"),
        sa.PrimaryKeyConstraint("alarm_id", "place", name=op.f("pk_hazard_calls")),
    )
    _index("hazard_calls", "member_id")
    op.create_table(
        "hazard_on_call",
        sa.Column("area", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        _key("hazard_on_call", "member_id", "members"),
        sa.PrimaryKeyConstraint("area", "place", name=op.f("pk_hazard_on_call")),
    )
    _index("hazard_on_call", "member_id")
