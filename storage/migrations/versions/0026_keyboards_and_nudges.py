"""Which fixed keyboard stands in a private chat, and whom a secretary has reminded on which day.

Revision 0026, after 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "keyboards",
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_keyboards_chat_id")),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_keyboards")),
    )
    op.create_table(
        "nudges",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_nudges_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_nudges_member_id")),
        sa.PrimaryKeyConstraint("member_id", "day", name=op.f("pk_nudges")),
    )
