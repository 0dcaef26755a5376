"""Questionnaires that are kept to be asked.

Revision 0043, after 0035.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "kept_questionnaires",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("questionnaire", Json(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kept_at", Moment, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_kept_questionnaires_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_questionnaires")),
        sa.UniqueConstraint("source", name=op.f("uq_kept_questionnaires_source")),
    )
    op.create_index(op.f("ix_kept_questionnaires_owner_id"), "kept_questionnaires", ["owner_id"])
