"""Settings of the enterprise, branches, groups and people; and prompts, counted by chat.

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "settings",
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("scope_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "scope_id", "name", name=op.f("pk_settings")),
    )
    op.create_index(
        "ix_outbox_prompts",
        "outbox",
        ["chat_id", "put_at"],
        sqlite_where=sa.text("NOT urgent"),
        postgresql_where=sa.text("NOT urgent"),
    )
