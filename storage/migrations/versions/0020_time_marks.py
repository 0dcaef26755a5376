"""What the store has seen of the time, to compare clocks with.

Revision 0020, after 0019.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "time_marks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("seen_at", Moment()),
        sa.Column("latest_at", Moment()),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_marks")),
    )
