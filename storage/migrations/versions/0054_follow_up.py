"""Which chats have had their morning's digest of tasks, and what was reported to higher levels.

Revision 0054, after 0053.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "task_digests",
        sa.Column("chat_id", Id, nullable=False, autoincrement=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_task_digests_chat_id")),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_task_digests")),
    )
    op.create_table(
        "follow_ups",
        sa.Column("task_id", Id, nullable=False, autoincrement=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(16)),
        sa.Column("escalated_at", Moment),
        sa.Column("warned_on", sa.Date()),
        sa.Column("next_level", sa.String(16)),
        sa.Column("measure", sa.Text(), nullable=False, server_default=""),
        sa.Column("measured_by", Id),
        sa.Column("measured_at", Moment),
        sa.Column("closed_at", Moment),
        sa.Column("closed_by", Id),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_follow_ups_task_id")),
        sa.ForeignKeyConstraint(["measured_by"], ["members.id"], name=op.f("fk_follow_ups_measured_by")),
        sa.ForeignKeyConstraint(["closed_by"], ["members.id"], name=op.f("fk_follow_ups_closed_by")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_measured_by"), "follow_ups", ["measured_by"])
    op.create_index(op.f("ix_follow_ups_closed_by"), "follow_ups", ["closed_by"])
