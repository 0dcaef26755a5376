"""Bots that the store has served, and counts of a poll by their poll.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

IS_SET = sa.text("poll_id IS NOT NULL")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "bots",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("met_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots")),
        sa.UniqueConstraint("number", name=op.f("uq_bots_number")),
    )
    op.add_column("inbox", sa.Column("poll_id", sa.Text()))
    op.create_index("ix_inbox_poll_id", "inbox", ["poll_id"], unique=True, sqlite_where=IS_SET, postgresql_where=IS_SET)
