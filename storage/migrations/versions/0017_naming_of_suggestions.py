"""Whether the author of a suggestion is shown.

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("suggestions", sa.Column("naming", sa.String(16), nullable=False, server_default="named"))
