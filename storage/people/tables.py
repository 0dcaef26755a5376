"""The roster's tables, apart from its statements: branches count the people in them, and people are in branches."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text

from storage.base import Id, metadata

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("joined_on", Date),
    Column("left_on", Date),
    Column("member_id", Id, ForeignKey("members.id"), unique=True),
)

placements = Table(
    "placements",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Index(None, "branch_id", "since"),
)

absences = Table(
    "absences",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
)

# Whoever is given a task before their account is known: this member stands for them until then.
awaited = Table(
    "awaited_people",
    metadata,
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False, unique=True),
)
