"""Tags of suggestions that people have corrected.

Revision 0042, after 0035.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "tag_corrections",
        sa.Column("id", Id, nullable=False),
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("old", Json, nullable=False),
        sa.Column("new", Json, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestions.id"], name=op.f("fk_tag_corrections_suggestion_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_tag_corrections_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_corrections")),
    )
    op.create_index(op.f("ix_tag_corrections_suggestion_id"), "tag_corrections", ["suggestion_id"])
    op.create_index(op.f("ix_tag_corrections_by_id"), "tag_corrections", ["by_id"])
