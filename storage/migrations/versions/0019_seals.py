"""Seals: the ends of the audit log and of the ledger, signed with a key that is not in the store.

Revision 0019, after 0018. The key is not known here: the first start takes over what there is.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    seals = op.create_table(
        "seals",
        sa.Column("chain", sa.String(16), nullable=False),
        sa.Column("begun_at", Moment),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("first_hash", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("made_with", sa.String(16), nullable=False),
        sa.Column("mac", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_seals")),
    )
    empty = {"begun_at": None, "first": 0, "first_hash": "", "number": 0, "hash": "", "made_with": "", "mac": ""}
    op.bulk_insert(seals, [{"chain": chain, **empty} for chain in ("audit", "ledger")])
    op.add_column("points_entries", sa.Column("mac", sa.String(64)))
    op.add_column("memberships", sa.Column("mac", sa.String(64)))
