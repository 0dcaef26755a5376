"""Points by month and category, rolled up at night from the ledger, and figures of summaries that were told.

Revision 0033, after 0032.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "points_months",
        sa.Column("group_id", Id, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_points_months_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_months_member_id")),
        sa.PrimaryKeyConstraint("group_id", "month", "category", "member_id", name=op.f("pk_points_months")),
    )
    op.create_index(op.f("ix_points_months_member_id_month"), "points_months", ["member_id", "month"], unique=False)
    op.create_table(
        "points_rolled",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("up_to", Id, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_rolled")),
    )
    op.create_table(
        "summary_figures",
        sa.Column("every", sa.String(16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("figures", Json(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_summary_figures_group_id")),
        sa.PrimaryKeyConstraint("every", "first", "group_id", name=op.f("pk_summary_figures")),
    )
