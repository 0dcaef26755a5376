"""Recurring tasks, by name or by role, and whose they are.

Revision 0056, after 0055.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "recurring_tasks",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("giver_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("resources", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=False),
        sa.Column("settled_period", sa.Date(), nullable=False),
        sa.Column("settled_spot", sa.Integer(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("catch_up", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("next_at", Moment, nullable=True),
        sa.Column("last_due_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_recurring_tasks_group_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_recurring_tasks_giver_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_recurring_tasks_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurring_tasks")),
    )
    for columns in (["giver_id"], ["next_at"], ["source"], ["group_id", "state"], ["branch_id", "state"]):
        op.create_index(op.f(f"ix_recurring_tasks_{'_'.join(columns)}"), "recurring_tasks", columns)
    op.create_table(
        "recurring_owners",
        sa.Column("recurring_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recurring_id"], ["recurring_tasks.id"], name=op.f("fk_recurring_owners_recurring_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_recurring_owners_member_id")),
        sa.PrimaryKeyConstraint("recurring_id", "member_id", name=op.f("pk_recurring_owners")),
    )
    op.create_index(op.f("ix_recurring_owners_member_id"), "recurring_owners", ["member_id"])
