"""Whether the author of a suggestion is shown.

Revision 0021, after 0020.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("suggestions", sa.Column("naming", sa.String(16), nullable=False, server_default="named"))
