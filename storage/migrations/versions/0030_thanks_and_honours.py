"""Thanks and honours.

Revision 0030, after 0029.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "thanks",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("giver_id", Id, nullable=False),
        sa.Column("receiver_id", Id, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_thanks_group_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_thanks_giver_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["members.id"], name=op.f("fk_thanks_receiver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("source", "receiver_id", name=op.f("uq_thanks_source_receiver_id")),
    )
    op.create_index(op.f("ix_thanks_giver_id_day"), "thanks", ["giver_id", "day"])
    op.create_index(op.f("ix_thanks_receiver_id_day"), "thanks", ["receiver_id", "day"])
    op.create_index(op.f("ix_thanks_group_id_at"), "thanks", ["group_id", "at"])
    op.create_index(op.f("ix_thanks_at"), "thanks", ["at"])
    op.create_table(
        "honours",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("member_id", Id),
        sa.Column("branch_id", Id),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("giver_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", Moment()),
        sa.Column("withdrawn_by", Id),
        sa.Column("withdrawn_for", sa.Text()),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_honours_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_honours_member_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_honours_branch_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_honours_giver_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["members.id"], name=op.f("fk_honours_withdrawn_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honours")),
        sa.UniqueConstraint("source", name=op.f("uq_honours_source")),
    )
    op.create_index(op.f("ix_honours_member_id"), "honours", ["member_id"])
    op.create_index(op.f("ix_honours_group_id_at"), "honours", ["group_id", "at"])
