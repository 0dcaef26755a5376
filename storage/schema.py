"""The tables. A change here wants a migration beside it."""

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
    true,
)

from storage.columns import Json, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only where the key is declared as its own INTEGER.
Id = BigInteger().with_variant(Integer, "sqlite")

branches = Table(
    "branches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("parent_id", ForeignKey("branches.id"), index=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("closed_at", Moment),
)

chats = Table(
    "chats",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform_id", BigInteger, nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("met_at", Moment, nullable=False),
    Column("branch_id", ForeignKey("branches.id"), index=True),
)

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform_id", BigInteger, unique=True),
    Column("name", Text, nullable=False),
    Column("username", Text),
    Column("language", String(16)),
    Column("private", ForeignKey("chats.id")),
    Column("met_at", Moment, nullable=False),
    Column("chosen_language", String(8)),
)
Index("ix_members_username", text("lower(username)"), _table=members)

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", ForeignKey("chats.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),
    Index(None, "member_id", "joined_at"),
)

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("branch_id", ForeignKey("branches.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("joined_on", Date),
    Column("left_on", Date),
    Column("member_id", ForeignKey("members.id"), unique=True),
)

placements = Table(
    "placements",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
    Column("branch_id", ForeignKey("branches.id"), nullable=False),
    Index(None, "branch_id", "since"),
)

absences = Table(
    "absences",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("made_by", ForeignKey("members.id"), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_by", ForeignKey("members.id")),
    Column("used_at", Moment),
    sqlite_autoincrement=True,  # a button names one, and must never mean a later one
)

claims = Table(
    "claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("at", Moment, nullable=False),
    Column("confirmed", Boolean),
    Column("answered_by", ForeignKey("members.id")),
    Column("answered_at", Moment),
    Index(None, "member_id", "at"),
    sqlite_autoincrement=True,  # a button names one, and must never mean a later one
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("batch", Id, nullable=False, index=True),
    Column("group_id", ForeignKey("chats.id"), nullable=False),
    Column("owner_id", ForeignKey("members.id"), nullable=False),
    Column("giver_id", ForeignKey("members.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("standard", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("reminder", String(16)),
    Column("remind_at", Moment, index=True),
    Column("source", Text, nullable=False, index=True),
    Index(None, "owner_id", "done_at", "due_at"),
    Index(None, "group_id", "done_at", "due_at"),
)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("chats.id"), nullable=False),
    Column("asker_id", ForeignKey("members.id"), nullable=False),
    Column("question", Text, nullable=False),
    Column("options", Json, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("published_at", Moment),
    Column("tally", Json),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "published_at", "closes_at"),
    Index(None, "group_id", "published_at"),
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey_id", ForeignKey("surveys.id"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("options", Json, nullable=False),
    Column("answered_at", Moment, nullable=False),
)

study_items = Table(
    "study_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("quiz", Json),
    Column("expires", Date),
)

study_prompts = Table(
    "study_prompts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("chats.id"), nullable=False),
    Column("item_id", ForeignKey("study_items.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("group_id", "day"),
    Index(None, "group_id", "item_id", "day"),
)

study_answers = Table(
    "study_answers",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("item_id", ForeignKey("study_items.id"), primary_key=True),
    Column("prompt_id", ForeignKey("study_prompts.id"), nullable=False),
    Column("choice", Integer, nullable=False),
    Column("right", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "prompt_id"),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", ForeignKey("chats.id")),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("tags", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Column("fingerprint", Text, nullable=False),
    Index(None, "author_id", "at"),
    Index(None, "author_id", "fingerprint"),
    Index(None, "group_id", "at"),
)

points_entries = Table(
    "points_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("group_id", ForeignKey("chats.id"), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("member_id", "rule", "source", "ordinal"),
    Index(None, "member_id", "rule", "day"),
    Index(None, "member_id", "at"),
    Index(None, "group_id", "at"),
)

points_totals = Table(
    "points_totals",
    metadata,
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("points", Integer, nullable=False),
)

points_weeks = Table(
    "points_weeks",
    metadata,
    Column("group_id", ForeignKey("chats.id"), primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
    Column("points", Integer, nullable=False),
    Index(None, "group_id", "monday", "points", "member_id"),  # a board is read from this alone
    Index(None, "member_id", "monday"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("entries", Json, nullable=False),
    Column("begun_at", Moment, nullable=False),
    UniqueConstraint("member_id", "chat_id"),
    sqlite_autoincrement=True,  # the name of a draft's message must never mean a later draft
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("group_id", ForeignKey("chats.id")),
    Column("cron", String(64), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("days", String(16), nullable=False),
    Column("late", String(16), nullable=False),
    Column("next_at", Moment, index=True),
    Column("last_at", Moment, index=True),
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("chosen", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("name", "group_id"),
)

schedule_defaults = Table(
    "schedule_defaults",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("cron", String(64), nullable=False),
    Column("paused", Boolean, nullable=False),
)

quiet_hours = Table(
    "quiet_hours",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", ForeignKey("chats.id"), unique=True),
    Column("hours", String(16), nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_workday", Boolean, nullable=False),
    Column("note", Text, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("branch_id", ForeignKey("branches.id")),
    Column("chat_id", ForeignKey("chats.id")),
    Column("granted_by", ForeignKey("members.id")),
    Column("granted_at", Moment, nullable=False),
    Column("revoked_by", ForeignKey("members.id")),
    Column("revoked_at", Moment),
    Index(None, "member_id", "revoked_at"),
    Index(None, "role", "revoked_at"),
)

settings = Table(
    "settings",
    metadata,
    Column("scope", String(16), primary_key=True),
    Column("scope_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", ForeignKey("members.id")),
    Column("action", String(32), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("old", Text),
    Column("new", Text),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "actor_id", "id"),
)
# Only added to: the engine itself refuses to change a record or take one out.
ONLY_ADDED_TO = "the audit log is only added to"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{change} BEFORE {change} ON audit BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
        for change in ("update", "delete")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_only_added_to() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{ONLY_ADDED_TO}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added_to()",
    ],
}
for engine, guards in GUARDS.items():
    for guard in guards:
        guarded = DDL(guard).execute_if(dialect=engine)  # type: ignore[no-untyped-call]  # it has no types
        event.listen(audit, "after_create", guarded)

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("lane", Text, nullable=False, server_default=""),
    Column("worker", BigInteger, nullable=False, server_default="0"),
    Index(
        "ix_inbox_lane", "lane", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
    ),
    Index("ix_inbox_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
    Column("action", String(16), nullable=False),
    Column("about", Text, index=True),
    Column("target_id", ForeignKey("outbox.id")),
    Column("body", Json, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("put_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("message_id", BigInteger),
    Column("poll_id", Text, index=True),
    Column("gone", Boolean, nullable=False, server_default=false()),
    Column("if_unknown", String(8), nullable=False, server_default="leave"),
    Column("unknown_at", Moment),
    Column("holder", Text),
    Column("lease_until", Moment),
    Column("done_at", Moment, index=True),
    CheckConstraint("state IN ('queued', 'sending', 'sent', 'failed', 'unknown', 'withdrawn')", name="state"),
    Index(
        "ix_outbox_queue",
        "urgent",
        "id",
        sqlite_where=text("state IN ('queued', 'sending')"),
        postgresql_where=text("state IN ('queued', 'sending')"),
    ),
    Index(
        "ix_outbox_prompts",
        "chat_id",
        "put_at",
        sqlite_where=text("NOT urgent"),
        postgresql_where=text("NOT urgent"),
    ),
    Index(
        "ix_outbox_queue_of_chat",
        "chat_id",
        "urgent",
        "id",
        sqlite_where=text("state IN ('queued', 'sending')"),
        postgresql_where=text("state IN ('queued', 'sending')"),
    ),
    Index(
        "ix_outbox_unknown_at",
        "unknown_at",
        sqlite_where=text("unknown_at IS NOT NULL"),
        postgresql_where=text("unknown_at IS NOT NULL"),
    ),
    Index(None, "target_id"),
    Index(None, "chat_id", "message_id"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("trouble", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("trouble", "subject"),
    sqlite_autoincrement=True,  # a message's key is the last number in it: it must never come again
)

documents = Table(
    "documents",
    metadata,
    Column("delivery_id", ForeignKey("outbox.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
