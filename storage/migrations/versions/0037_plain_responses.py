"""What is answered in rounds, as plain rows.

Revision 0037_plain, after 0037.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0037_plain"
down_revision = "0036"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLE = "plain_responses"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        TABLE,
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("progress", sa.String(16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f(f"fk_{TABLE}_round_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f(f"fk_{TABLE}_member_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f(f"fk_{TABLE}_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("round_id", "member_id", name=op.f(f"uq_{TABLE}_round_id_member_id")),
    )
