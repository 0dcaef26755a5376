"""Tables apart from their statements: the outbox's, which has many, and those that other modules look into."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    false,
    text,
)

from storage.base import Id, metadata
from storage.columns import Json, Moment

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("chat_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("action", String(16), nullable=False),
    Column("about", Text, index=True),
    Column("target_id", Id, ForeignKey("outbox.id")),
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
    Column("has_picture", Boolean, nullable=False, server_default=false()),
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

documents = Table(
    "documents",
    metadata,
    Column("delivery_id", Id, ForeignKey("outbox.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# Keys themselves stand outside the store. The names of those that were destroyed stay, so that a key whose destruction
# was cut short is found.
encryption_keys = Table(
    "encryption_keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("destroyed", Boolean, nullable=False, server_default=false()),
)

encrypted_chats = Table(
    "encrypted_chats",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("lane", Text, nullable=False, unique=True),  # as the inbox names the chat
    Column("key_id", String(32), ForeignKey("encryption_keys.id"), nullable=False, index=True),
)
