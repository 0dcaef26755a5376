"""A photo or a document of what was found.

Revision 0072, after 0071.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("findings", sa.Column("file_kind", sa.String(16)))
    op.add_column("findings", sa.Column("file_id", sa.Text()))
