"""Answers to questionnaires, and what is encrypted.

Revision 0038, after 0035.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    _encryption()
    op.create_table(
        "round_keys",
        sa.Column("round_id", Id, autoincrement=False, nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["encryption_keys.id"], name=op.f("fk_round_keys_key_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_keys")),
    )
    op.create_table(
        "responses",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_responses_branch_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_responses_member_id")),
        sa.PrimaryKeyConstraint("round_id", "member_id", name=op.f("pk_responses")),
    )
    op.create_index(op.f("ix_responses_member_id"), "responses", ["member_id"])
    op.create_table(
        "anonymous_answers",
        sa.Column("round_id", Id, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_anonymous_answers_branch_id")),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_anonymous_answers")),
        sqlite_with_rowid=False,
    )


def _encryption() -> None:
    op.create_table(
        "encryption_keys",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("destroyed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encryption_keys")),
    )
    op.create_table(
        "encrypted_chats",
        sa.Column("chat_id", Id, nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_encrypted_chats_chat_id")),
        sa.ForeignKeyConstraint(["key_id"], ["encryption_keys.id"], name=op.f("fk_encrypted_chats_key_id")),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_encrypted_chats")),
        sa.UniqueConstraint("lane", name=op.f("uq_encrypted_chats_lane")),
    )
    op.create_index(op.f("ix_encrypted_chats_key_id"), "encrypted_chats", ["key_id"])
