"""What people write about study items.

Revision 0049, after 0048.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    table = "study_reflections"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("prompt_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("core", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("copy_of", sa.String(16), nullable=True),
        sa.Column("stage", sa.String(16), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f(f"fk_{table}_member_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f(f"fk_{table}_group_id")),
        sa.ForeignKeyConstraint(["prompt_id"], ["study_prompts.id"], name=op.f(f"fk_{table}_prompt_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("source", name=op.f(f"uq_{table}_source")),
    )
    for columns in (["member_id", "at"], ["prompt_id"], ["group_id"]):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
