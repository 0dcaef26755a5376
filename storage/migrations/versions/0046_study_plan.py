"""What groups study on days to come, and why something was chosen.

Revision 0046, after 0045.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    _plan()
    _bans()
    _choices()


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _plan() -> None:
    table = "study_plan"
    op.create_table(
        table,
        sa.Column("group_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _key(table, "group_id", "chats"),
        _key(table, "item_id", "study_items"),
        _key(table, "by_id", "members"),
        sa.PrimaryKeyConstraint("group_id", "day", name=op.f("pk_study_plan")),
    )
    op.create_index(op.f("ix_study_plan_by_id"), table, ["by_id"])


def _bans() -> None:
    table = "study_bans"
    op.create_table(
        table,
        sa.Column("group_id", Id, nullable=False),
        sa.Column("item_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _key(table, "group_id", "chats"),
        _key(table, "item_id", "study_items"),
        _key(table, "by_id", "members"),
        sa.PrimaryKeyConstraint("group_id", "item_id", name=op.f("pk_study_bans")),
    )
    op.create_index(op.f("ix_study_bans_by_id"), table, ["by_id"])


def _choices() -> None:
    table = "study_choices"
    op.create_table(
        table,
        sa.Column("prompt_id", Id, nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        _key(table, "prompt_id", "study_prompts"),
        sa.PrimaryKeyConstraint("prompt_id", name=op.f("pk_study_choices")),
    )
