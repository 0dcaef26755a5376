"""Trainings: the plan, its sessions, their tests, who has done what; and sets of questions for some people alone.

Revision 0064, after 0063.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "set_people",
        sa.Column("set_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["question_sets.id"], name=op.f("fk_set_people_set_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_set_people_member_id")),
        sa.PrimaryKeyConstraint("set_id", "member_id", name=op.f("pk_set_people")),
    )
    op.create_index(op.f("ix_set_people_member_id"), "set_people", ["member_id"])
    op.create_table(
        "trainings",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("for_branch_id", Id, nullable=True),
        sa.Column("for_role", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("planner_id", Id, nullable=False),
        sa.Column("planned_at", Moment, nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("pass_mark", sa.Integer(), nullable=True),
        sa.Column("need", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_trainings_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_trainings_branch_id")),
        sa.ForeignKeyConstraint(["for_branch_id"], ["branches.id"], name=op.f("fk_trainings_for_branch_id")),
        sa.ForeignKeyConstraint(["planner_id"], ["members.id"], name=op.f("fk_trainings_planner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainings")),
        sa.UniqueConstraint("source", name=op.f("uq_trainings_source")),
    )
    op.create_index(op.f("ix_trainings_group_id"), "trainings", ["group_id"])
    op.create_index(op.f("ix_trainings_branch_id"), "trainings", ["branch_id"])
    op.create_index(op.f("ix_trainings_planner_id"), "trainings", ["planner_id"])
    op.create_table(
        "training_sessions",
        sa.Column("id", Id, nullable=False),
        sa.Column("training_id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("settled_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=op.f("fk_training_sessions_training_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_training_sessions_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_sessions")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_training_sessions_meeting_id")),
    )
    op.create_index(op.f("ix_training_sessions_training_id"), "training_sessions", ["training_id"])
    op.create_table(
        "training_tests",
        sa.Column("set_id", Id, nullable=False, autoincrement=False),
        sa.Column("session_id", Id, nullable=False),
        sa.ForeignKeyConstraint(["set_id"], ["question_sets.id"], name=op.f("fk_training_tests_set_id")),
        sa.ForeignKeyConstraint(["session_id"], ["training_sessions.id"], name=op.f("fk_training_tests_session_id")),
        sa.PrimaryKeyConstraint("set_id", name=op.f("pk_training_tests")),
    )
    op.create_index(op.f("ix_training_tests_session_id"), "training_tests", ["session_id"])
    op.create_table(
        "training_records",
        sa.Column("id", Id, nullable=False),
        sa.Column("training_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("got_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("session_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["training_id"], ["trainings.id"], name=op.f("fk_training_records_training_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_training_records_person_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_training_records_member_id")),
        sa.ForeignKeyConstraint(["session_id"], ["training_sessions.id"], name=op.f("fk_training_records_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_records")),
        sa.UniqueConstraint(
            "training_id", "person_id", "got_on", name=op.f("uq_training_records_training_id_person_id_got_on")
        ),
        sa.UniqueConstraint(
            "training_id", "member_id", "got_on", name=op.f("uq_training_records_training_id_member_id_got_on")
        ),
    )
    op.create_index(op.f("ix_training_records_person_id"), "training_records", ["person_id"])
    op.create_index(op.f("ix_training_records_member_id"), "training_records", ["member_id"])
    op.create_index(op.f("ix_training_records_session_id"), "training_records", ["session_id"])
