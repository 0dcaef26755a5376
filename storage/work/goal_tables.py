"""The tables of goals."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from storage.base import Id, metadata
from storage.columns import Json, Moment

goals = Table(
    "goals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("parent_id", Id, ForeignKey("goals.id"), index=True),
    Column("level", String(16), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("group_id", Id, ForeignKey("chats.id"), index=True),
    Column("title", Text, nullable=False),
    Column("measure", String(16), nullable=False),
    Column("target", Text, nullable=False),  # a decimal number
    Column("unit", Text, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("since", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("owner_id", Id, ForeignKey("members.id"), index=True),
    Column("code", Text, unique=True),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
)
goal_versions = Table(
    "goal_versions",
    metadata,
    Column("goal_id", Id, ForeignKey("goals.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("what", String(16), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("owner_id", Id, ForeignKey("members.id"), index=True),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("said", Json, nullable=False),  # the goal's other columns, as this version has them
)
goal_reports = Table(
    "goal_reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("goal_id", Id, ForeignKey("goals.id"), nullable=False),
    Column("value", Text, nullable=False),  # a decimal number
    Column("note", Text, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("at", Moment, nullable=False),
    Index(None, "goal_id", "id"),
)
