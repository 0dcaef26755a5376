"""Schedules that people change and pause, the enterprise's defaults for them, and quiet hours.

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("schedules", sa.Column("last_at", Moment(), nullable=True))
    op.add_column("schedules", sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("schedules", sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f("ix_schedules_last_at"), "schedules", ["last_at"])
    op.create_table(
        "schedule_defaults",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("cron", sa.String(length=64), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_schedule_defaults")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("hours", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_quiet_hours_chat_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiet_hours")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_quiet_hours_chat_id")),
    )
