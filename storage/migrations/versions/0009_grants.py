"""Roles: who was given which, over what, by whom, and when it ended.

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "grants",
        sa.Column("id", id_, nullable=False),
        sa.Column("member_id", id_, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("branch_id", id_, nullable=True),
        sa.Column("chat_id", id_, nullable=True),
        sa.Column("granted_by", id_, nullable=True),
        sa.Column("granted_at", Moment(), nullable=False),
        sa.Column("revoked_by", id_, nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_grants_branch_id")),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_grants_chat_id")),
        sa.ForeignKeyConstraint(["granted_by"], ["members.id"], name=op.f("fk_grants_granted_by")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_grants_member_id")),
        sa.ForeignKeyConstraint(["revoked_by"], ["members.id"], name=op.f("fk_grants_revoked_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_member_id_revoked_at"), "grants", ["member_id", "revoked_at"])
    op.create_index(op.f("ix_grants_role_revoked_at"), "grants", ["role", "revoked_at"])
