"""Evaluations: schemes, who is evaluated, points, changes, objections.

Revision 0065, after 0064.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "evaluation_schemes",
        sa.Column("id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_evaluation_schemes_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_schemes")),
    )
    op.create_table(
        "evaluations",
        sa.Column("id", Id, nullable=False),
        sa.Column("scheme_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("root_id", Id, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("publish", sa.String(16), nullable=False),
        sa.Column("self_until", sa.Date(), nullable=False),
        sa.Column("review_until", sa.Date(), nullable=False),
        sa.Column("publicity_days", sa.Integer(), nullable=False),
        sa.Column("begun_by", Id, nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("public_until", sa.Date(), nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["evaluation_schemes.id"], name=op.f("fk_evaluations_scheme_id")),
        sa.ForeignKeyConstraint(["root_id"], ["branches.id"], name=op.f("fk_evaluations_root_id")),
        sa.ForeignKeyConstraint(["begun_by"], ["members.id"], name=op.f("fk_evaluations_begun_by")),
        sa.UniqueConstraint("source", name=op.f("uq_evaluations_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluations")),
    )
    op.create_index(op.f("ix_evaluations_root_id"), "evaluations", ["root_id"])
    op.create_index(op.f("ix_evaluations_stage"), "evaluations", ["stage"])
    op.create_table(
        "evaluated",
        sa.Column("id", Id, nullable=False),
        sa.Column("evaluation_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("reviewer_id", Id, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("handed_in_by", Id, nullable=True),
        sa.Column("handed_in_at", Moment, nullable=True),
        sa.Column("reviewed_at", Moment, nullable=True),
        sa.Column("vetoes", Json, nullable=False),
        sa.Column("out_at", Moment, nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("because", Json, nullable=False),
        sa.Column("tied_by", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluations.id"], name=op.f("fk_evaluated_evaluation_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_evaluated_branch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evaluated_person_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["members.id"], name=op.f("fk_evaluated_reviewer_id")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["members.id"], name=op.f("fk_evaluated_handed_in_by")),
        sa.UniqueConstraint(
            "evaluation_id", "branch_id", "person_id", name=op.f("uq_evaluated_evaluation_id_branch_id_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluated")),
    )
    op.create_index(op.f("ix_evaluated_branch_id"), "evaluated", ["branch_id"])
    op.create_index(op.f("ix_evaluated_person_id"), "evaluated", ["person_id"])
    op.create_index(op.f("ix_evaluated_reviewer_id"), "evaluated", ["reviewer_id"])
    op.create_table(
        "evaluation_marks",
        sa.Column("evaluated_id", Id, nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("figure", sa.Text(), nullable=True),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("given", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["evaluated_id"], ["evaluated.id"], name=op.f("fk_evaluation_marks_evaluated_id")),
        sa.PrimaryKeyConstraint("evaluated_id", "item", name=op.f("pk_evaluation_marks")),
    )
    op.create_table(
        "evaluation_changes",
        sa.Column("id", Id, nullable=False),
        sa.Column("evaluated_id", Id, nullable=False),
        sa.Column("item", sa.String(48), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["evaluated_id"], ["evaluated.id"], name=op.f("fk_evaluation_changes_evaluated_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_evaluation_changes_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_changes")),
    )
    op.create_index(op.f("ix_evaluation_changes_evaluated_id"), "evaluation_changes", ["evaluated_id"])
    op.create_table(
        "evaluation_objections",
        sa.Column("id", Id, nullable=False),
        sa.Column("evaluated_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("answered_by", Id, nullable=True),
        sa.Column("answered_at", Moment, nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["evaluated_id"], ["evaluated.id"], name=op.f("fk_evaluation_objections_evaluated_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_evaluation_objections_by_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["members.id"], name=op.f("fk_evaluation_objections_answered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_objections")),
    )
    op.create_index(op.f("ix_evaluation_objections_evaluated_id"), "evaluation_objections", ["evaluated_id"])
    op.create_index(op.f("ix_evaluation_objections_by_id"), "evaluation_objections", ["by_id"])
