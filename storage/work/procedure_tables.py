"""The tables of procedures and their runs."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Json, Moment

procedures = Table(
    "procedures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), index=True),
    Column("version", Integer, nullable=False),
    Column("sample", String(32), nullable=False),
    Column("removed_at", Moment),
)
procedure_versions = Table(
    "procedure_versions",
    metadata,
    Column("procedure_id", Id, ForeignKey("procedures.id"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    Column("body", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("at", Moment, nullable=False),
)
procedure_runs = Table(
    "procedure_runs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("procedure_id", Id, ForeignKey("procedures.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("starter_id", Id, ForeignKey("members.id"), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("about", Text, nullable=False),
    Column("event_on", Date),
    Column("state", String(16), nullable=False),
    Column("ended_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "group_id", "state"),
    Index(None, "starter_id", "state"),
)
procedure_run_steps = Table(
    "procedure_run_steps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("run_id", Id, ForeignKey("procedure_runs.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("opened_at", Moment),
    Column("ended_at", Moment),
    Column("due_at", Moment),
    Column("stands_in", Boolean, nullable=False),
    UniqueConstraint("run_id", "place"),
)
