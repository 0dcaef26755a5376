"""Surveys with several answers each, withdrawn ones, and when who had not voted was reminded.

Revision 0036, after 0035.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("surveys", sa.Column("multiple", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("surveys", sa.Column("withdrawn_at", Moment, nullable=True))
    op.add_column("surveys", sa.Column("nudged_at", Moment, nullable=True))
