"""First schema.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("met_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_chats_platform_id")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
    )
    op.create_index(
        "ix_inbox_open",
        "inbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "study_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("quiz", Json(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_items")),
        sa.UniqueConstraint("code", name=op.f("uq_study_items_code")),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("private", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("met_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["private"], ["chats.id"], name=op.f("fk_members_private")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("platform_id", name=op.f("uq_members_platform_id")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("body", Json(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("put_at", Moment(), nullable=False),
        sa.Column("not_before", Moment(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("poll_id", sa.Text(), nullable=True),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'withdrawn')", name=op.f("ck_outbox_state")
        ),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_outbox_chat_id")),
        sa.ForeignKeyConstraint(["target_id"], ["outbox.id"], name=op.f("fk_outbox_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(op.f("ix_outbox_about"), "outbox", ["about"], unique=False)
    op.create_index(op.f("ix_outbox_chat_id_message_id"), "outbox", ["chat_id", "message_id"], unique=False)
    op.create_index(op.f("ix_outbox_poll_id"), "outbox", ["poll_id"], unique=False)
    op.create_index(
        "ix_outbox_queue",
        "outbox",
        ["urgent", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'sending')"),
    )
    op.create_table(
        "schedules",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cron", sa.String(length=64), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("days", sa.String(length=16), nullable=False),
        sa.Column("late", sa.String(length=16), nullable=False),
        sa.Column("next_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_schedules_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sa.UniqueConstraint("name", "group_id", name=op.f("uq_schedules_name_group_id")),
    )
    op.create_index(op.f("ix_schedules_next_at"), "schedules", ["next_at"], unique=False)
    op.create_table(
        "study_prompts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_study_prompts_group_id")),
        sa.ForeignKeyConstraint(["item_id"], ["study_items.id"], name=op.f("fk_study_prompts_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_prompts")),
        sa.UniqueConstraint("group_id", "day", name=op.f("uq_study_prompts_group_id_day")),
    )
    op.create_index(
        op.f("ix_study_prompts_group_id_item_id_day"), "study_prompts", ["group_id", "item_id", "day"], unique=False
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("entries", Json(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name=op.f("fk_drafts_chat_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_drafts_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("member_id", "chat_id", name=op.f("uq_drafts_member_id_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "memberships",
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.Column("left_at", Moment(), nullable=True),
        sa.Column("on_roster", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_memberships_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_memberships_member_id")),
        sa.PrimaryKeyConstraint("group_id", "member_id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_member_id_joined_at"), "memberships", ["member_id", "joined_at"], unique=False)
    op.create_table(
        "points_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_points_entries_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_entries_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entries")),
        sa.UniqueConstraint(
            "member_id", "rule", "source", "ordinal", name=op.f("uq_points_entries_member_id_rule_source_ordinal")
        ),
    )
    op.create_index(op.f("ix_points_entries_group_id_at"), "points_entries", ["group_id", "at"], unique=False)
    op.create_index(op.f("ix_points_entries_member_id_at"), "points_entries", ["member_id", "at"], unique=False)
    op.create_index(
        op.f("ix_points_entries_member_id_rule_day"), "points_entries", ["member_id", "rule", "day"], unique=False
    )
    op.create_table(
        "points_totals",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_totals_member_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_points_totals")),
    )
    op.create_table(
        "points_weeks",
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_points_weeks_group_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_points_weeks_member_id")),
        sa.PrimaryKeyConstraint("group_id", "monday", "member_id", name=op.f("pk_points_weeks")),
    )
    op.create_index(
        op.f("ix_points_weeks_group_id_monday_points"), "points_weeks", ["group_id", "monday", "points"], unique=False
    )
    op.create_index(op.f("ix_points_weeks_member_id_monday"), "points_weeks", ["member_id", "monday"], unique=False)
    op.create_table(
        "study_answers",
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("prompt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["study_items.id"], name=op.f("fk_study_answers_item_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_study_answers_member_id")),
        sa.ForeignKeyConstraint(["prompt_id"], ["study_prompts.id"], name=op.f("fk_study_answers_prompt_id")),
        sa.PrimaryKeyConstraint("member_id", "item_id", name=op.f("pk_study_answers")),
    )
    op.create_index(op.f("ix_study_answers_prompt_id"), "study_answers", ["prompt_id"], unique=False)
    op.create_table(
        "suggestions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("author_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("keywords", Json(), nullable=False),
        sa.Column("tags", Json(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name=op.f("fk_suggestions_author_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_suggestions_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
        sa.UniqueConstraint("source", name=op.f("uq_suggestions_source")),
    )
    op.create_index(op.f("ix_suggestions_author_id_at"), "suggestions", ["author_id", "at"], unique=False)
    op.create_index(
        op.f("ix_suggestions_author_id_fingerprint"), "suggestions", ["author_id", "fingerprint"], unique=False
    )
    op.create_index(op.f("ix_suggestions_group_id_at"), "suggestions", ["group_id", "at"], unique=False)
    op.create_table(
        "surveys",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("asker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("options", Json(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("closes_at", Moment(), nullable=False),
        sa.Column("published_at", Moment(), nullable=True),
        sa.Column("tally", Json(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["asker_id"], ["members.id"], name=op.f("fk_surveys_asker_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_surveys_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("source", name=op.f("uq_surveys_source")),
    )
    op.create_index(op.f("ix_surveys_group_id_published_at"), "surveys", ["group_id", "published_at"], unique=False)
    op.create_index(op.f("ix_surveys_published_at_closes_at"), "surveys", ["published_at", "closes_at"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("batch", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("giver_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("reminder", sa.String(length=16), nullable=True),
        sa.Column("remind_at", Moment(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["giver_id"], ["members.id"], name=op.f("fk_tasks_giver_id")),
        sa.ForeignKeyConstraint(["group_id"], ["chats.id"], name=op.f("fk_tasks_group_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_tasks_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_batch"), "tasks", ["batch"], unique=False)
    op.create_index(op.f("ix_tasks_group_id_done_at_due_at"), "tasks", ["group_id", "done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_tasks_owner_id_done_at_due_at"), "tasks", ["owner_id", "done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_tasks_remind_at"), "tasks", ["remind_at"], unique=False)
    op.create_index(op.f("ix_tasks_source"), "tasks", ["source"], unique=False)
    op.create_table(
        "survey_answers",
        sa.Column("survey_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("options", Json(), nullable=False),
        sa.Column("answered_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_survey_answers_member_id")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_survey_answers_survey_id")),
        sa.PrimaryKeyConstraint("survey_id", "member_id", name=op.f("pk_survey_answers")),
    )
    op.create_index("ix_members_username", "members", [sa.text("lower(username)")])
