"""The tables of the ledger, its totals, the schemes by which it is written, and the settlements that are made of it."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from domain.points.settled import State
from storage.base import Id, metadata
from storage.columns import Json, Moment

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

settlements = Table(
    "settlements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("upto", Id, nullable=False),
    Column("covered", Id, nullable=False),
    Column("people", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("ended_at", Moment),
    Column("reason", Text, nullable=False),
)
STANDING = settlements.c.state != State.CANCELLED.value  # at most one for each period
Index(
    "uq_settlements_kind_first",
    settlements.c.kind,
    settlements.c.first,
    unique=True,
    sqlite_where=STANDING,
    postgresql_where=STANDING,
)
settlement_lines = Table(
    "settlement_lines",
    metadata,
    Column("settlement_id", Id, ForeignKey("settlements.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("points", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("by_rule", Json, nullable=False),
    Column("by_category", Json, nullable=False, server_default="{}"),
    Column("vetoed_by", String(32), nullable=False, server_default=""),
    Index(None, "member_id"),
)
