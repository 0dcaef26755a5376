"""Goals, their versions, and what was reported of them.

Revision 0055.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "goals",
        sa.Column("id", Id, nullable=False),
        sa.Column("parent_id", Id, nullable=True),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("goals", "parent_id", "goals"),
        _refers("goals", "branch_id", "branches"),
        _refers("goals", "group_id", "chats"),
        _refers("goals", "owner_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
        sa.UniqueConstraint("code", name=op.f("uq_goals_code")),
    )
    for column in ("parent_id", "branch_id", "group_id", "owner_id"):
        op.create_index(op.f(f"ix_goals_{column}"), "goals", [column])
    op.create_table(
        "goal_versions",
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said", Json, nullable=False),
        _refers("goal_versions", "goal_id", "goals"),
        _refers("goal_versions", "by_id", "members"),
        _refers("goal_versions", "owner_id", "members"),
        sa.PrimaryKeyConstraint("goal_id", "version", name=op.f("pk_goal_versions")),
    )
    for column in ("by_id", "owner_id"):
        op.create_index(op.f(f"ix_goal_versions_{column}"), "goal_versions", [column])
    op.create_table(
        "goal_reports",
        sa.Column("id", Id, nullable=False),
        sa.Column("goal_id", Id, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        _refers("goal_reports", "goal_id", "goals"),
        _refers("goal_reports", "by_id", "members"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_reports")),
    )
    op.create_index(op.f("ix_goal_reports_by_id"), "goal_reports", ["by_id"])
    op.create_index(op.f("ix_goal_reports_goal_id_id"), "goal_reports", ["goal_id", "id"])
