"""Challenges are found by their group and the moment of their end, as the weekly summary counts them.

Revision 0073, after 0072.
"""

from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_index(op.f("ix_challenges_group_id_ended_at"), "challenges", ["group_id", "ended_at"])
