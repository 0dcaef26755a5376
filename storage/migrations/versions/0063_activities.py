"""Activities: sign-ups, what they need, photos, the surveys that asked before; front-line actions.

Revision 0063, after 0062.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "activities",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("starts_at", Moment, nullable=False),
        sa.Column("ends_at", Moment, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("family", sa.Integer(), nullable=False),
        sa.Column("sign_up_until", Moment, nullable=False),
        sa.Column("sign_off_until", Moment, nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("survey_id", Id, nullable=True),
        sa.Column("proposer_id", Id, nullable=False),
        sa.Column("proposed_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approver_id", Id, nullable=True),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("by_button", sa.Boolean(), nullable=False),
        sa.Column("opened_at", Moment, nullable=True),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("reminded_at", Moment, nullable=True),
        sa.Column("spent", sa.Integer(), nullable=True),
        sa.Column("album_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_activities_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_activities_branch_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_activities_survey_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["members.id"], name=op.f("fk_activities_proposer_id")),
        sa.ForeignKeyConstraint(["approver_id"], ["members.id"], name=op.f("fk_activities_approver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sa.UniqueConstraint("source", name=op.f("uq_activities_source")),
    )
    op.create_index(op.f("ix_activities_group_id_starts_at"), "activities", ["group_id", "starts_at"])
    op.create_index(op.f("ix_activities_state"), "activities", ["state"])
    op.create_table(
        "activity_people",
        sa.Column("id", Id, nullable=False),
        sa.Column("activity_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("family", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(16), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("present_at", Moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("pleased", sa.Integer(), nullable=False),
        sa.Column("prepared", sa.Integer(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_activity_people_activity_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_activity_people_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_people")),
        sa.UniqueConstraint("activity_id", "member_id", name=op.f("uq_activity_people_activity_id_member_id")),
    )
    op.create_index(op.f("ix_activity_people_member_id"), "activity_people", ["member_id"])
    op.create_table(
        "activity_resources",
        sa.Column("id", Id, nullable=False),
        sa.Column("activity_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_activity_resources_activity_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_resources")),
    )
    op.create_index(op.f("ix_activity_resources_activity_id"), "activity_resources", ["activity_id"])
    op.create_index(op.f("ix_activity_resources_until"), "activity_resources", ["until"])
    op.create_table(
        "activity_photos",
        sa.Column("id", Id, nullable=False),
        sa.Column("activity_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("same", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_activity_photos_activity_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_activity_photos_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_photos")),
        sa.UniqueConstraint("activity_id", "same", name=op.f("uq_activity_photos_activity_id_same")),
    )
    op.create_index(op.f("ix_activity_photos_member_id"), "activity_photos", ["member_id"])
    op.create_table(
        "activity_wishes",
        sa.Column("survey_id", Id, nullable=False, autoincrement=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_activity_wishes_survey_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_activity_wishes_group_id")),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_activity_wishes")),
    )
    op.create_index(op.f("ix_activity_wishes_group_id"), "activity_wishes", ["group_id"])
    op.create_table(
        "actions",
        sa.Column("id", Id, nullable=False),
        sa.Column("group_id", Id, nullable=False),
        sa.Column("branch_id", Id, nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("baseline", sa.String(32), nullable=False),
        sa.Column("target", sa.String(32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("lead_id", Id, nullable=False),
        sa.Column("opener_id", Id, nullable=False),
        sa.Column("opened_at", Moment, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_actions_group_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_actions_branch_id")),
        sa.ForeignKeyConstraint(["lead_id"], ["members.id"], name=op.f("fk_actions_lead_id")),
        sa.ForeignKeyConstraint(["opener_id"], ["members.id"], name=op.f("fk_actions_opener_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("source", name=op.f("uq_actions_source")),
    )
    op.create_index(op.f("ix_actions_group_id_opened_at"), "actions", ["group_id", "opened_at"])
    op.create_index(op.f("ix_actions_lead_id"), "actions", ["lead_id"])
    op.create_index(op.f("ix_actions_state"), "actions", ["state"])
    op.create_table(
        "action_people",
        sa.Column("action_id", Id, nullable=False, autoincrement=False),
        sa.Column("member_id", Id, nullable=False, autoincrement=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_people_action_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_action_people_member_id")),
        sa.PrimaryKeyConstraint("action_id", "member_id", name=op.f("pk_action_people")),
    )
    op.create_index(op.f("ix_action_people_member_id"), "action_people", ["member_id"])
    op.create_table(
        "action_figures",
        sa.Column("id", Id, nullable=False),
        sa.Column("action_id", Id, nullable=False),
        sa.Column("value", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_figures_action_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_action_figures_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_figures")),
    )
    op.create_index(op.f("ix_action_figures_action_id"), "action_figures", ["action_id"])
    op.create_index(op.f("ix_action_figures_member_id"), "action_figures", ["member_id"])
