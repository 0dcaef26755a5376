"""Standard procedures, their runs, and what they have taught.

Revision 0057, after 0056.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "procedures",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sample", sa.String(32), nullable=False),
        sa.Column("removed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_procedures_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedures")),
    )
    op.create_index(op.f("ix_procedures_group_id"), "procedures", ["group_id"])
    op.create_table(
        "procedure_versions",
        sa.Column("procedure_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", Json(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"], name=op.f("fk_procedure_versions_procedure_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_procedure_versions_by_id")),
        sa.PrimaryKeyConstraint("procedure_id", "version", name=op.f("pk_procedure_versions")),
    )
    op.create_index(op.f("ix_procedure_versions_by_id"), "procedure_versions", ["by_id"])
    op.create_table(
        "procedure_runs",
        sa.Column("id", Id, nullable=False),
        sa.Column("procedure_id", Id, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("starter_id", Id, nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"], name=op.f("fk_procedure_runs_procedure_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_procedure_runs_group_id")),
        sa.ForeignKeyConstraint(["starter_id"], ["members.id"], name=op.f("fk_procedure_runs_starter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_runs")),
        sa.UniqueConstraint("source", name=op.f("uq_procedure_runs_source")),
    )
    for first in ("group_id", "starter_id"):
        op.create_index(op.f(f"ix_procedure_runs_{first}_state"), "procedure_runs", [first, "state"])
    op.create_table(
        "procedure_run_steps",
        sa.Column("id", Id, nullable=False),
        sa.Column("run_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("opened_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["procedure_runs.id"], name=op.f("fk_procedure_run_steps_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_run_steps")),
        sa.UniqueConstraint("run_id", "place", name=op.f("uq_procedure_run_steps_run_id_place")),
    )
    op.create_table(
        "procedure_lessons",
        sa.Column("run_id", Id, nullable=False, autoincrement=False),
        sa.Column("procedure_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("good", sa.Text(), nullable=False),
        sa.Column("stuck", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("way", sa.String(16), nullable=True),
        sa.Column("step_key", sa.String(16), nullable=True),
        sa.Column("verdict", sa.String(16), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["procedure_runs.id"], name=op.f("fk_procedure_lessons_run_id")),
        sa.ForeignKeyConstraint(["procedure_id"], ["procedures.id"], name=op.f("fk_procedure_lessons_procedure_id")),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_procedure_lessons_by_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_procedure_lessons")),
    )
    for column in ("procedure_id", "by_id"):
        op.create_index(op.f(f"ix_procedure_lessons_{column}"), "procedure_lessons", [column])
