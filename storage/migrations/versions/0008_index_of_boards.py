"""A week's board is read from its index alone, so that it costs the same however many weeks there are.

Revision 0008, after 0007.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.drop_index(op.f("ix_points_weeks_group_id_monday_points"), "points_weeks")
    op.create_index(
        op.f("ix_points_weeks_group_id_monday_points_member_id"),
        "points_weeks",
        ["group_id", "monday", "points", "member_id"],
    )
