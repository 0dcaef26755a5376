"""Who holds a message of the outbox that is being sent, what becomes of one that is unknown, and when it ended.

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IN_QUEUE = sa.text("state IN ('queued', 'sending')")
UNKNOWN = sa.text("unknown_at IS NOT NULL")


def upgrade() -> None:
    """Forward; what ended before is taken to have ended when it was put."""
    op.add_column("outbox", sa.Column("if_unknown", sa.String(length=8), server_default="leave", nullable=False))
    op.add_column("outbox", sa.Column("unknown_at", Moment(), nullable=True))
    op.add_column("outbox", sa.Column("holder", sa.Text(), nullable=True))
    op.add_column("outbox", sa.Column("lease_until", Moment(), nullable=True))
    op.add_column("outbox", sa.Column("done_at", Moment(), nullable=True))
    op.execute("UPDATE outbox SET done_at = put_at WHERE state NOT IN ('queued', 'sending')")
    op.execute("UPDATE outbox SET unknown_at = put_at WHERE state = 'unknown'")
    op.create_index(op.f("ix_outbox_done_at"), "outbox", ["done_at"])
    op.create_index(
        "ix_outbox_queue_of_chat",
        "outbox",
        ["chat_id", "urgent", "id"],
        sqlite_where=IN_QUEUE,
        postgresql_where=IN_QUEUE,
    )
    op.create_index("ix_outbox_unknown_at", "outbox", ["unknown_at"], sqlite_where=UNKNOWN, postgresql_where=UNKNOWN)
    op.create_index(op.f("ix_outbox_target_id"), "outbox", ["target_id"])
