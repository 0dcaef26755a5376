"""Results of questionnaires, and the tasks that follow from them.

Revision 0039, after 0038.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "round_results",
        sa.Column("round_id", Id, autoincrement=False, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("published_at", Moment, nullable=True),
        sa.Column("followed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_round_results_group_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_results")),
    )
    op.create_index(op.f("ix_round_results_group_id_published_at"), "round_results", ["group_id", "published_at"])
    op.create_table(
        "round_tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_tasks")),
    )
    op.create_index(op.f("ix_round_tasks_round_id_source"), "round_tasks", ["round_id", "source"], unique=True)
