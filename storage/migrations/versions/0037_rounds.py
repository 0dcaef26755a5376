"""Rounds of questionnaires.

Revision 0037, after 0035.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("asker_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questionnaire", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(16), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("results_at_once", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("every", sa.String(8), nullable=True),
        sa.Column("previous_id", Id, nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("opens_at", Moment, nullable=False),
        sa.Column("closes_at", Moment, nullable=False),
        sa.Column("posted_at", Moment, nullable=True),
        sa.Column("reminded_at", Moment, nullable=True),
        sa.Column("again_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_rounds_group_id")),
        sa.ForeignKeyConstraint(["asker_id"], ["members.id"], name=op.f("fk_rounds_asker_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["rounds.id"], name=op.f("fk_rounds_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounds")),
        sa.UniqueConstraint("source", name=op.f("uq_rounds_source")),
    )
    for columns in (("closed_at", "closes_at"), ("group_id", "id"), ("again_at",)):
        name = "_".join(("ix_rounds", *columns))
        op.create_index(op.f(name), "rounds", list(columns))
