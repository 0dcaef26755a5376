"""The table of study items, which several stores of study refer to."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from storage.base import Id, metadata
from storage.columns import Json, Moment

study_items = Table(
    "study_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("expires", Date),
    Column("more_topics", Json),
    Column("media", Json),
    Column("url", Text, nullable=False, server_default=""),
    Column("effective", Date),
    Column("audience", Json),
    Column("owner_id", Id, ForeignKey("members.id")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("withdrawn_at", Moment),
    Column("told_expires", Date),  # the last day that its owner has been told of
    Index(None, "owner_id"),
)
