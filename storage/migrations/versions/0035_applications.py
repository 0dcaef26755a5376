"""Applications for items of the scheme.

Revision 0035, after 0034.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "applications",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("ending", sa.String(8), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("changed_by", Id, nullable=True),
        sa.Column("changed_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_applications_branch_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["members.id"], name=op.f("fk_applications_changed_by")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_applications_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_applications_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("source", name=op.f("uq_applications_source")),
    )
    for columns in (("member_id", "state"), ("state", "at")):
        name = "_".join(("ix_applications", *columns))
        op.create_index(op.f(name), "applications", list(columns))
