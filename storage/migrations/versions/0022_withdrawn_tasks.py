"""Tasks that are withdrawn, and members who stand for people whose accounts are not known yet.

Revision 0022, after 0021.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.add_column("tasks", sa.Column("withdrawn_at", Moment()))
    op.create_table(
        "awaited_people",
        sa.Column("person_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_awaited_people_person_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_awaited_people_member_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_awaited_people")),
        sa.UniqueConstraint("member_id", name=op.f("uq_awaited_people_member_id")),
    )
