"""Which tasks a group's last reminder lists, and how.

Revision 0023, after 0022.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("tasks", sa.Column("listed_at", Moment))
    op.add_column("tasks", sa.Column("listed", sa.String(16)))
    op.create_index("ix_tasks_group_id_listed_at", "tasks", ["group_id", "listed_at"])
