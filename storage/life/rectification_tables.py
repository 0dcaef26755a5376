"""The tables of findings and of their rounds."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Moment

findings = Table(
    "findings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("title", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("about", Id),
    Column("item", Text, nullable=False),
    Column("finder_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("verifier_id", Id, ForeignKey("members.id"), index=True),
    Column("found_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("round", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("file_kind", String(16)),
    Column("file_id", Text),
    Index(None, "group_id", "state"),
)
finding_rounds = Table(
    "finding_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("finding_id", Id, ForeignKey("findings.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("last_at", Moment),
    Column("cause", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("planned_by", Id, ForeignKey("members.id"), index=True),
    Column("planned_at", Moment),
    Column("batch", Id, ForeignKey("tasks.id"), index=True),
    Column("owner_id", Id, ForeignKey("members.id"), index=True),
    Column("rectified_at", Moment),
    Column("closed_at", Moment, index=True),
    Column("closed_by", Id, ForeignKey("members.id"), index=True),
    Column("look_on", Date, index=True),
    Column("asked_at", Moment),
    Column("looked_at", Moment),
    Column("holds", Boolean),
    Column("note", Text, nullable=False),
    Column("escalated_at", Moment),
    UniqueConstraint("finding_id", "number"),
)
