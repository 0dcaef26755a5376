"""Questions that come back to people by the forgetting curve, and who has paused that.

Revision 0048, after 0047.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    table = "study_reviews"
    op.create_table(
        table,
        sa.Column("member_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f(f"fk_{table}_member_id")),
        sa.ForeignKeyConstraint(["question_id"], ["study_questions.id"], name=op.f(f"fk_{table}_question_id")),
        sa.PrimaryKeyConstraint("member_id", "question_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_member_id_due_on"), table, ["member_id", "due_on"])
    op.create_index(op.f(f"ix_{table}_question_id"), table, ["question_id"])
    op.create_table(
        "review_pauses",
        sa.Column("member_id", Id, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_review_pauses_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_review_pauses")),
    )
