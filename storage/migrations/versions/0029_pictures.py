"""Whether a message was sent with a picture: its words are then changed as a caption.

Revision 0029, after 0028.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("outbox", sa.Column("has_picture", sa.Boolean(), nullable=False, server_default=sa.false()))
