"""Meetings: who is to come, who was there, what was decided; people's standing in the party.

Revision 0059, after 0058.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "meetings",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("agenda", Json, nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("caller_id", Id, nullable=False),
        sa.Column("called_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("by_button", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("reminded_at", Moment, nullable=True),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_meetings_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_meetings_branch_id")),
        sa.ForeignKeyConstraint(["caller_id"], ["members.id"], name=op.f("fk_meetings_caller_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("source", name=op.f("uq_meetings_source")),
    )
    op.create_index(op.f("ix_meetings_group_id"), "meetings", ["group_id"])
    op.create_index(op.f("ix_meetings_branch_id_starts_at"), "meetings", ["branch_id", "starts_at"])
    op.create_index(op.f("ix_meetings_state"), "meetings", ["state"])
    op.create_table(
        "meeting_people",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("member_id", Id, nullable=True),
        sa.Column("entitled", sa.Boolean(), nullable=False),
        sa.Column("reply", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("present_at", Moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_people_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_people_person_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_meeting_people_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_people")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_meeting_people_meeting_id_person_id")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_meeting_people_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_meeting_people_person_id"), "meeting_people", ["person_id"])
    op.create_index(op.f("ix_meeting_people_member_id"), "meeting_people", ["member_id"])
    op.create_table(
        "party_standings",
        sa.Column("person_id", Id, nullable=False, autoincrement=False),
        sa.Column("standing", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_party_standings_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_party_standings")),
    )
    op.create_table(
        "meeting_decisions",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("for_count", sa.Integer(), nullable=False),
        sa.Column("against_count", sa.Integer(), nullable=False),
        sa.Column("abstained_count", sa.Integer(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_decisions_meeting_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_meeting_decisions_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decisions")),
        sa.UniqueConstraint("source", name=op.f("uq_meeting_decisions_source")),
    )
    op.create_index(op.f("ix_meeting_decisions_meeting_id"), "meeting_decisions", ["meeting_id"])
    op.create_index(op.f("ix_meeting_decisions_group_id"), "meeting_decisions", ["group_id"])
    op.create_table(
        "meeting_votes",
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("voter_id", Id, nullable=False),
        sa.Column("choice", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["meeting_decisions.id"], name=op.f("fk_meeting_votes_decision_id")),
        sa.ForeignKeyConstraint(["voter_id"], ["meeting_people.id"], name=op.f("fk_meeting_votes_voter_id")),
        sa.PrimaryKeyConstraint("decision_id", "voter_id", name=op.f("pk_meeting_votes")),
    )
    op.create_index(op.f("ix_meeting_votes_voter_id"), "meeting_votes", ["voter_id"])
