"""Team matches.

Revision 0050, after 0049.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "study_matches",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opener_id", Id, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("begins_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("topics", Json(), nullable=False),
        sa.Column("begun_at", Moment, nullable=True),
        sa.Column("shown_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("withdrawn_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["opener_id"], ["members.id"], name=op.f("fk_study_matches_opener_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_matches")),
        sa.UniqueConstraint("source", name=op.f("uq_study_matches_source")),
    )
    op.create_index(op.f("ix_study_matches_ended_at"), "study_matches", ["ended_at"])
    op.create_table(
        "study_match_teams",
        sa.Column("match_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["study_matches.id"], name=op.f("fk_study_match_teams_match_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_study_match_teams_group_id")),
        sa.PrimaryKeyConstraint("match_id", "group_id", name=op.f("pk_study_match_teams")),
    )
    op.create_index(op.f("ix_study_match_teams_group_id"), "study_match_teams", ["group_id"])
    op.create_table(
        "study_match_questions",
        sa.Column("match_id", Id, nullable=False),
        sa.Column("question_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["study_matches.id"], name=op.f("fk_study_match_questions_match_id")),
        sa.PrimaryKeyConstraint("match_id", "question_id", name=op.f("pk_study_match_questions")),
    )
    op.create_table(
        "study_match_people",
        sa.Column("id", Id, nullable=False),
        sa.Column("match_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("member_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["match_id"], ["study_matches.id"], name=op.f("fk_study_match_people_match_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_study_match_people_group_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_study_match_people_person_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_study_match_people_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_match_people")),
        sa.UniqueConstraint("match_id", "person_id", name=op.f("uq_study_match_people_match_id_person_id")),
        sa.UniqueConstraint("match_id", "member_id", name=op.f("uq_study_match_people_match_id_member_id")),
    )
    op.create_index(op.f("ix_study_match_people_person_id"), "study_match_people", ["person_id"])
    op.create_index(op.f("ix_study_match_people_member_id"), "study_match_people", ["member_id"])
