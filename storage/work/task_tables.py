"""The tables of tasks: they themselves, what has happened to them, and what they serve."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, false

from storage.base import Id, metadata
from storage.columns import Moment

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("batch", Id, nullable=False, index=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("owner_id", Id, ForeignKey("members.id"), nullable=False),
    Column("giver_id", Id, ForeignKey("members.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("standard", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("reminder", String(16)),
    Column("remind_at", Moment, index=True),
    Column("source", Text, nullable=False, index=True),
    Column("withdrawn_at", Moment),
    Column("listed_at", Moment),
    Column("listed", String(16)),
    Column("state", String(16), nullable=False, server_default="given"),
    Column("submitted_at", Moment),
    Column("grade", String(16)),
    Column("reviewer_id", Id, ForeignKey("members.id"), index=True),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("together", Boolean, nullable=False, server_default=false()),
    Column("resources", Text, nullable=False, server_default=""),
    Index(None, "owner_id", "done_at", "due_at"),
    Index(None, "group_id", "done_at", "due_at"),
    Index(None, "group_id", "listed_at"),
    Index(None, "giver_id", "done_at", "due_at"),
)
task_events = Table(
    "task_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False, index=True),
    Column("what", String(16), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("at", Moment, nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)
task_links = Table(
    "task_links",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("number", Id, primary_key=True, autoincrement=False),
    Column("batch", Id, ForeignKey("tasks.id"), primary_key=True, index=True),
)
