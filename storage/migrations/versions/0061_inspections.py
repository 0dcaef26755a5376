"""Cross-inspection: rubrics with their versions, rounds, who inspects whom, scores, corrections.

Revision 0061, after 0060.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "inspection_rubrics",
        sa.Column("id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("balance", sa.String(16), nullable=False),
        sa.Column("criteria", Json, nullable=False),
        sa.Column("brought_by", Id, nullable=True),
        sa.Column("brought_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["brought_by"], ["members.id"], name=op.f("fk_inspection_rubrics_brought_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_rubrics")),
        sa.UniqueConstraint("title", "version", name=op.f("uq_inspection_rubrics_title_version")),
    )
    op.create_table(
        "inspection_rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("rubric_id", Id, nullable=False),
        sa.Column("owner_id", Id, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("publish", sa.String(16), nullable=False),
        sa.Column("conflicts", Json, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["rubric_id"], ["inspection_rubrics.id"], name=op.f("fk_inspection_rounds_rubric_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_inspection_rounds_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_rounds")),
        sa.UniqueConstraint("source", name=op.f("uq_inspection_rounds_source")),
    )
    op.create_index(op.f("ix_inspection_rounds_rubric_id"), "inspection_rounds", ["rubric_id"])
    op.create_index(op.f("ix_inspection_rounds_state"), "inspection_rounds", ["state"])
    op.create_table(
        "inspections",
        sa.Column("id", Id, nullable=False),
        sa.Column("round_id", Id, nullable=False),
        sa.Column("by_branch_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=False),
        sa.Column("inspector_id", Id, nullable=True),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", Moment, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["inspection_rounds.id"], name=op.f("fk_inspections_round_id")),
        sa.ForeignKeyConstraint(["by_branch_id"], ["branches.id"], name=op.f("fk_inspections_by_branch_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_inspections_branch_id")),
        sa.ForeignKeyConstraint(["inspector_id"], ["members.id"], name=op.f("fk_inspections_inspector_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_inspections_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint(
            "round_id", "by_branch_id", "branch_id", name=op.f("uq_inspections_round_id_by_branch_id_branch_id")
        ),
    )
    op.create_index(op.f("ix_inspections_branch_id"), "inspections", ["branch_id"])
    op.create_index(op.f("ix_inspections_by_branch_id"), "inspections", ["by_branch_id"])
    op.create_index(op.f("ix_inspections_inspector_id"), "inspections", ["inspector_id"])
    op.create_table(
        "inspection_scores",
        sa.Column("inspection_id", Id, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_kind", sa.String(16), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_scores_inspection_id")),
        sa.PrimaryKeyConstraint("inspection_id", "item", name=op.f("pk_inspection_scores")),
    )
    op.create_table(
        "inspection_corrections",
        sa.Column("id", Id, nullable=False),
        sa.Column("inspection_id", Id, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("old", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_corrections_inspection_id")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_inspection_corrections_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_corrections")),
    )
    op.create_index(op.f("ix_inspection_corrections_by_id"), "inspection_corrections", ["by_id"])
    op.create_index(op.f("ix_inspection_corrections_inspection_id"), "inspection_corrections", ["inspection_id"])
