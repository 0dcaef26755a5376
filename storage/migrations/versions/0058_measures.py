"""Measures of improvement.

Revision 0058, after 0057.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "measures",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("gauge", sa.String(16), nullable=True),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("check_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("result", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", Moment, nullable=True),
        sa.Column("decided_by", Id, nullable=True),
        sa.Column("previous_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_measures_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_measures_branch_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_measures_owner_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["members.id"], name=op.f("fk_measures_decided_by")),
        sa.ForeignKeyConstraint(["previous_id"], ["measures.id"], name=op.f("fk_measures_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
    )
    for column in ("group_id", "branch_id", "owner_id", "decided_by", "previous_id"):
        op.create_index(op.f(f"ix_measures_{column}"), "measures", [column])
    op.create_index(op.f("ix_measures_state_check_on"), "measures", ["state", "check_on"])
