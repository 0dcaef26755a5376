"""Entries made by people in charge, appeals with who answers them, settlements with everybody's score.

Revision 0032, after 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.BigInteger().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
STANDING = sa.text("state != 'cancelled'")


def upgrade() -> None:
    """Forward."""
    _adjustments()
    _appeals()
    _settlements()


def _adjustments() -> None:
    op.create_table(
        "points_adjustments",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["points_entries.id"], name=op.f("fk_points_adjustments_entry_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_points_adjustments_by_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_points_adjustments")),
    )


def _appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("entry_id", Id),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", Id),
        sa.Column("answered_at", Moment),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_appeals_member_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["points_entries.id"], name=op.f("fk_appeals_entry_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_appeals_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(op.f("ix_appeals_member_id_made_at"), "appeals", ["member_id", "made_at"])
    op.create_index(op.f("ix_appeals_state_due_on"), "appeals", ["state", "due_on"])
    op.create_table(
        "appeal_answerers",
        sa.Column("appeal_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeals.id"], name=op.f("fk_appeal_answerers_appeal_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_appeal_answerers_member_id")),
        sa.PrimaryKeyConstraint("appeal_id", "member_id", name=op.f("pk_appeal_answerers")),
    )
    op.create_index(op.f("ix_appeal_answerers_member_id"), "appeal_answerers", ["member_id"])


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("upto", Id, nullable=False),
        sa.Column("covered", Id, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("scheme", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_settlements_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlements")),
    )
    op.create_index(
        op.f("uq_settlements_kind_first"),
        "settlements",
        ["kind", "first"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_table(
        "settlement_lines",
        sa.Column("settlement_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("branch_id", Id),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("by_rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlements.id"], name=op.f("fk_settlement_lines_settlement_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_settlement_lines_member_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_settlement_lines_branch_id")),
        sa.PrimaryKeyConstraint("settlement_id", "member_id", name=op.f("pk_settlement_lines")),
    )
    op.create_index(op.f("ix_settlement_lines_member_id"), "settlement_lines", ["member_id"])
