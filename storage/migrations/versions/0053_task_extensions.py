"""Requests for extensions, and the tasks that somebody has given.

Revision 0053, after 0052.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_index(op.f("ix_tasks_giver_id_done_at_due_at"), "tasks", ["giver_id", "done_at", "due_at"])
    op.create_table(
        "task_extensions",
        sa.Column("id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("was", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_extensions_task_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_task_extensions_member_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_task_extensions_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_extensions")),
    )
    for column in ("member_id", "by_id"):
        op.create_index(op.f(f"ix_task_extensions_{column}"), "task_extensions", [column])
    op.create_index(op.f("ix_task_extensions_task_id_state"), "task_extensions", ["task_id", "state"])
