"""Who has read what a group was given to study.

Revision 0024, after 0023.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "study_reads",
        sa.Column("prompt_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["prompt_id"], ["study_prompts.id"], name=op.f("fk_study_reads_prompt_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_study_reads_member_id")),
        sa.PrimaryKeyConstraint("prompt_id", "member_id", name=op.f("pk_study_reads")),
    )
    op.create_index(op.f("ix_study_reads_member_id"), "study_reads", ["member_id"], unique=False)
