"""Evidence of results, and who helps with tasks.

Revision 0052, after 0051.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "task_evidence",
        sa.Column("id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=True),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_evidence_task_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_task_evidence_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_evidence")),
        sa.UniqueConstraint("source", name=op.f("uq_task_evidence_source")),
    )
    op.create_index(op.f("ix_task_evidence_task_id"), "task_evidence", ["task_id"])
    op.create_index(op.f("ix_task_evidence_by_id_task_id"), "task_evidence", ["by_id", "task_id"])
    op.create_table(
        "task_helpers",
        sa.Column("batch", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["tasks.id"], name=op.f("fk_task_helpers_batch")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_task_helpers_member_id")),
        sa.PrimaryKeyConstraint("batch", "member_id", name=op.f("pk_task_helpers")),
    )
    op.create_index(op.f("ix_task_helpers_member_id"), "task_helpers", ["member_id"])
