"""Findings and their rounds.

Revision 0062, after 0061.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "findings",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("about", Id, nullable=True),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("finder_id", Id, nullable=False),
        sa.Column("verifier_id", Id, nullable=True),
        sa.Column("found_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_findings_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_findings_branch_id")),
        sa.ForeignKeyConstraint(["finder_id"], ["members.id"], name=op.f("fk_findings_finder_id")),
        sa.ForeignKeyConstraint(["verifier_id"], ["members.id"], name=op.f("fk_findings_verifier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("key", name=op.f("uq_findings_key")),
    )
    for column in ("branch_id", "finder_id", "verifier_id"):
        op.create_index(op.f(f"ix_findings_{column}"), "findings", [column])
    op.create_index(op.f("ix_findings_group_id_state"), "findings", ["group_id", "state"])
    op.create_table(
        "finding_rounds",
        sa.Column("id", Id, nullable=False),
        sa.Column("finding_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("last_at", Moment, nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("planned_by", Id, nullable=True),
        sa.Column("planned_at", Moment, nullable=True),
        sa.Column("batch", Id, nullable=True),
        sa.Column("owner_id", Id, nullable=True),
        sa.Column("rectified_at", Moment, nullable=True),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("closed_by", Id, nullable=True),
        sa.Column("look_on", sa.Date(), nullable=True),
        sa.Column("asked_at", Moment, nullable=True),
        sa.Column("looked_at", Moment, nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("escalated_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_rounds_finding_id")),
        sa.ForeignKeyConstraint(["planned_by"], ["members.id"], name=op.f("fk_finding_rounds_planned_by")),
        sa.ForeignKeyConstraint(["batch"], ["tasks.id"], name=op.f("fk_finding_rounds_batch")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_finding_rounds_owner_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["members.id"], name=op.f("fk_finding_rounds_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_rounds")),
        sa.UniqueConstraint("finding_id", "number", name=op.f("uq_finding_rounds_finding_id_number")),
    )
    for column in ("planned_by", "batch", "owner_id", "closed_by", "closed_at", "look_on"):
        op.create_index(op.f(f"ix_finding_rounds_{column}"), "finding_rounds", [column])
