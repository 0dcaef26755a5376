"""Rewards: the catalogue, what is asked for from it, and what was spent.

Revision 0031, after 0030.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "rewards",
        sa.Column("id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("added_at", Moment, nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.CheckConstraint("stock >= 0", name=op.f("ck_rewards_stock")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_rewards_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rewards")),
    )
    op.create_index(op.f("ix_rewards_branch_id"), "rewards", ["branch_id"])
    op.create_table(
        "reward_requests",
        sa.Column("id", Id, nullable=False),
        sa.Column("reward_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("changed_by", Id, nullable=True),
        sa.Column("changed_at", Moment, nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_reward_requests_branch_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["members.id"], name=op.f("fk_reward_requests_changed_by")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reward_requests_member_id")),
        sa.ForeignKeyConstraint(["reward_id"], ["rewards.id"], name=op.f("fk_reward_requests_reward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_requests")),
        sa.UniqueConstraint("source", name=op.f("uq_reward_requests_source")),
    )
    for columns in (("reward_id", "year", "state"), ("member_id", "state"), ("state", "asked_at")):
        name = "_".join(("ix_reward_requests", *columns))
        op.create_index(op.f(name), "reward_requests", list(columns))
    op.create_table(
        "reward_entries",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("request_id", Id, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reward_entries_member_id")),
        sa.ForeignKeyConstraint(["request_id"], ["reward_requests.id"], name=op.f("fk_reward_entries_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reward_entries")),
    )
    op.create_index(op.f("ix_reward_entries_member_id"), "reward_entries", ["member_id"])
