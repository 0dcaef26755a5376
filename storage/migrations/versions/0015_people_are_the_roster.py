"""Who belongs to a group's branch stands in `people`: the mark of its members is not needed any more.

Nothing is lost: no command has ever set it.

Revision 0015, after 0014.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.drop_column("memberships", "on_roster")
