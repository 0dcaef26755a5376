"""How far a suggestion has gone up: a number of levels in place of two words.

Revision 0068, after 0067.
"""

import warnings

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("suggestion_lives", sa.Column("height", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE suggestion_lives SET height = 1 WHERE level = 'above'")
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("suggestion_lives") as lives:
            lives.drop_column("level")
            lives.alter_column("height", server_default=None)
