"""The tables of trainings: the plan, its sessions, their tests, and who has done what."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.base import Id, metadata
from storage.columns import Moment

trainings = Table(
    "trainings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("subject", Text, nullable=False),
    Column("scope", String(16), nullable=False),
    Column("for_branch_id", Id, ForeignKey("branches.id")),
    Column("for_role", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("quarter", Integer, nullable=False),
    Column("required", Boolean, nullable=False),
    Column("planner_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("planned_at", Moment, nullable=False),
    Column("valid_months", Integer),
    Column("topic", Text),
    Column("pass_mark", Integer),
    Column("need", Text, nullable=False),
    Column("withdrawn_at", Moment),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "group_id"),
    Index(None, "branch_id"),
)
training_sessions = Table(
    "training_sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("training_id", Id, ForeignKey("trainings.id"), nullable=False, index=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, unique=True),
    Column("settled_at", Moment),
)
training_tests = Table(
    "training_tests",
    metadata,
    Column("set_id", Id, ForeignKey("question_sets.id"), primary_key=True, autoincrement=False),
    Column("session_id", Id, ForeignKey("training_sessions.id"), nullable=False, index=True),
)
training_records = Table(
    "training_records",
    metadata,
    Column("id", Id, primary_key=True),
    Column("training_id", Id, ForeignKey("trainings.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id")),
    Column("member_id", Id, ForeignKey("members.id")),
    Column("got_on", Date, nullable=False),
    Column("valid_until", Date),
    Column("percent", Integer),
    Column("session_id", Id, ForeignKey("training_sessions.id"), index=True),
    UniqueConstraint("training_id", "person_id", "got_on"),
    UniqueConstraint("training_id", "member_id", "got_on"),
    Index(None, "person_id"),
    Index(None, "member_id"),
)
