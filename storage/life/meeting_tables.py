"""The tables of meetings: who is to come, who is there, and people's standing in the party."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Json, Moment

meetings = Table(
    "meetings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("kind", String(16), nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("place", Text, nullable=False),
    Column("agenda", Json, nullable=False),
    Column("audience", String(16), nullable=False),
    Column("caller_id", Id, ForeignKey("members.id"), nullable=False),
    Column("called_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("by_button", Boolean, nullable=False),
    Column("opened_at", Moment),
    Column("ended_at", Moment),
    Column("reminded_at", Moment),
    Column("minutes", Text, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False, server_default="0"),
    Index(None, "group_id"),
    Index(None, "branch_id", "starts_at"),
    Index(None, "state"),
)
meeting_people = Table(
    "meeting_people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("member_id", Id, ForeignKey("members.id")),
    Column("entitled", Boolean, nullable=False),
    Column("reply", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("present_at", Moment),
    Column("tries", Integer, nullable=False),
    UniqueConstraint("meeting_id", "person_id"),
    UniqueConstraint("meeting_id", "member_id"),
    Index(None, "person_id"),
    Index(None, "member_id"),
)
party_standings = Table(
    "party_standings",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("standing", String(16), nullable=False),
)
