"""Where tasks stand, their reviewers, their history, and what they serve.

Revision 0051, after 0050.
"""

import warnings

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("tasks") as table:
            table.add_column(sa.Column("state", sa.String(16), nullable=False, server_default="given"))
            table.add_column(sa.Column("submitted_at", Moment, nullable=True))
            table.add_column(sa.Column("grade", sa.String(16), nullable=True))
            table.add_column(sa.Column("reviewer_id", Id, nullable=True))
            table.add_column(sa.Column("branch_id", Id, nullable=True))
            table.add_column(sa.Column("together", sa.Boolean(), nullable=False, server_default=sa.false()))
            table.add_column(sa.Column("resources", sa.Text(), nullable=False, server_default=""))
            table.create_foreign_key(op.f("fk_tasks_reviewer_id"), "members", ["reviewer_id"], ["id"])
            table.create_foreign_key(op.f("fk_tasks_branch_id"), "branches", ["branch_id"], ["id"])
    for column in ("reviewer_id", "branch_id"):
        op.create_index(op.f(f"ix_tasks_{column}"), "tasks", [column])
    op.execute("UPDATE tasks SET state = 'done' WHERE done_at IS NOT NULL")
    op.execute("UPDATE tasks SET state = 'withdrawn' WHERE withdrawn_at IS NOT NULL")
    op.create_table(
        "task_events",
        sa.Column("id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.Column("note", sa.Text(), nullable=False, server_default=""),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_events_task_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_task_events_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_events")),
    )
    for column in ("task_id", "by_id"):
        op.create_index(op.f(f"ix_task_events_{column}"), "task_events", [column])
    op.create_table(
        "task_links",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("batch", Id, nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["tasks.id"], name=op.f("fk_task_links_batch")),
        sa.PrimaryKeyConstraint("kind", "number", "batch", name=op.f("pk_task_links")),
    )
    op.create_index(op.f("ix_task_links_batch"), "task_links", ["batch"])
