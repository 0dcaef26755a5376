"""Quiet hours of several spans. Those that were chosen stay as they are: one span, or none.

Revision 0027, after 0026.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    with op.batch_alter_table("quiet_hours") as quiet_hours:
        quiet_hours.alter_column("hours", type_=sa.String(64), existing_type=sa.String(16), existing_nullable=False)
