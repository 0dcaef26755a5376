"""Each open update belongs to a worker, and keeps its order within a lane.

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None
OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Forward."""
    op.add_column("inbox", sa.Column("lane", sa.Text(), server_default="", nullable=False))
    op.add_column("inbox", sa.Column("worker", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("ix_inbox_lane", "inbox", ["lane", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
