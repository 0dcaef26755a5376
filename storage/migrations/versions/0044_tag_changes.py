"""What people have changed about the tag table, and what was learned from the tags that they have corrected.

Revision 0044, after 0043.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "tag_changes",
        sa.Column("id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("added", sa.Boolean(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_tag_changes_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_changes")),
    )
    op.create_index(op.f("ix_tag_changes_by_id"), "tag_changes", ["by_id"])
    op.create_table(
        "tag_lessons",
        sa.Column("id", Id, nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_lessons")),
    )
