"""Invitations, and who says that they are whom.

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    id_ = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "invitations",
        sa.Column("id", id_, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", id_, nullable=False),
        sa.Column("made_by", id_, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_by", id_, nullable=True),
        sa.Column("used_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["members.id"], name=op.f("fk_invitations_made_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id")),
        sa.ForeignKeyConstraint(["used_by"], ["members.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"])
    op.create_table(
        "claims",
        sa.Column("id", id_, nullable=False),
        sa.Column("member_id", id_, nullable=False),
        sa.Column("person_id", id_, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("answered_by", id_, nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_claims_answered_by")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_claims_member_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_claims_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_claims_member_id_at"), "claims", ["member_id", "at"])
