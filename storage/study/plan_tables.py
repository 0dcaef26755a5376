"""The plan of study days, which statements of the library look into, too."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.base import Id, metadata
from storage.columns import Moment

study_plan = Table(
    "study_plan",
    metadata,
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("item_id", Id, ForeignKey("study_items.id")),
    Column("state", String(16), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "by_id"),
)

study_bans = Table(
    "study_bans",
    metadata,
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("item_id", Id, ForeignKey("study_items.id"), primary_key=True),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "by_id"),
)

study_choices = Table(
    "study_choices",
    metadata,
    Column("prompt_id", Id, ForeignKey("study_prompts.id"), primary_key=True),
    Column("reason", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
)
