"""The tables of activities."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Moment

activities = Table(
    "activities",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("title", Text, nullable=False),
    Column("aim", Text, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("place", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("family", Integer, nullable=False),
    Column("sign_up_until", Moment, nullable=False),
    Column("sign_off_until", Moment, nullable=False),
    Column("budget", Integer, nullable=False),
    Column("survey_id", Id, ForeignKey("surveys.id")),
    Column("proposer_id", Id, ForeignKey("members.id"), nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("approver_id", Id, ForeignKey("members.id")),
    Column("code", String(8), nullable=False),
    Column("by_button", Boolean, nullable=False),
    Column("opened_at", Moment),
    Column("ended_at", Moment),
    Column("reminded_at", Moment),
    Column("spent", Integer),
    Column("album_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "group_id", "starts_at"),
    Index(None, "state"),
)
activity_people = Table(
    "activity_people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, ForeignKey("activities.id"), nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("family", Integer, nullable=False),
    Column("place", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("present_at", Moment),
    Column("tries", Integer, nullable=False),
    Column("pleased", Integer, nullable=False),
    Column("prepared", Integer, nullable=False),
    Column("again", Integer, nullable=False),
    UniqueConstraint("activity_id", "member_id"),
    Index(None, "member_id"),
)
activity_resources = Table(
    "activity_resources",
    metadata,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, ForeignKey("activities.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Index(None, "activity_id"),
    Index(None, "until"),
)
activity_photos = Table(
    "activity_photos",
    metadata,
    Column("id", Id, primary_key=True),
    Column("activity_id", Id, ForeignKey("activities.id"), nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("file", Text, nullable=False),
    Column("same", Text, nullable=False),
    Column("chosen", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("activity_id", "same"),
    Index(None, "member_id"),
)
activity_wishes = Table(
    "activity_wishes",
    metadata,
    Column("survey_id", Id, ForeignKey("surveys.id"), primary_key=True, autoincrement=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "group_id"),
)
