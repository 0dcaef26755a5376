"""Cards of branches: motto and photo.

Revision 0067, after 0065.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0067"
down_revision = "0065"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "branch_cards",
        sa.Column("branch_id", Id, autoincrement=False, nullable=False),
        sa.Column("motto", sa.Text(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("changed_by", Id, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_branch_cards_branch_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["members.id"], name=op.f("fk_branch_cards_changed_by")),
        sa.PrimaryKeyConstraint("branch_id", name=op.f("pk_branch_cards")),
    )
