"""The tables of the ledger, of the totals that are written with it, and of the schemes by which it is written."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Moment

points_entries = Table(
    "points_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("source", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("points", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("mac", String(64)),
    Column("event", String(32), nullable=False),
    Column("facts", Text),
    Column("category", String(32), nullable=False, server_default=""),
    UniqueConstraint("member_id", "event", "source", "ordinal"),
    Index(None, "member_id", "day", "rule", "category", "points"),  # sums for caps are read from this alone
    Index(None, "member_id", "at"),
    Index(None, "group_id", "at"),
)

points_totals = Table(
    "points_totals",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("points", Integer, nullable=False),
)

points_weeks = Table(
    "points_weeks",
    metadata,
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("points", Integer, nullable=False),
    Index(None, "group_id", "monday", "points", "member_id"),  # a board is read from this alone
    Index(None, "member_id", "monday"),
)

points_schemes = Table(
    "points_schemes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("from_day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("activated_by", Id, ForeignKey("members.id")),
    Column("at", Moment, nullable=False),
    Column("stamp", String(64), nullable=False),  # the digest of all versions up to this one
)
