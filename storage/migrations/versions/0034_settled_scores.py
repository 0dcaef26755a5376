"""What a settled score is made of: its categories, and the rule that has vetoed it.

Revision 0034, after 0033.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("settlement_lines", sa.Column("by_category", Json(), nullable=False, server_default="{}"))
    op.add_column("settlement_lines", sa.Column("vetoed_by", sa.String(32), nullable=False, server_default=""))
