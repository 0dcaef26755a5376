"""Of how many things a figure was that an evaluation has taken, and whether it may not be told.

Revision 0069, after 0068.
"""

import warnings

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("evaluation_marks", sa.Column("figure_of", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("evaluation_marks", sa.Column("withheld", sa.Boolean(), nullable=False, server_default=sa.false()))
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("evaluation_marks") as marks:
            marks.alter_column("figure_of", server_default=None)
            marks.alter_column("withheld", server_default=None)
