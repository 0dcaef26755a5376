"""The tables of cross-inspection: rubrics with their versions, rounds, who inspects whom, scores, corrections."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.base import Id, metadata
from storage.columns import Json, Moment

inspection_rubrics = Table(
    "inspection_rubrics",
    metadata,
    Column("id", Id, primary_key=True),
    Column("title", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("balance", String(16), nullable=False),
    Column("criteria", Json, nullable=False),
    Column("brought_by", Id, ForeignKey("members.id")),
    Column("brought_at", Moment, nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    UniqueConstraint("title", "version", "branch_id"),
)
inspection_rounds = Table(
    "inspection_rounds",
    metadata,
    Column("id", Id, primary_key=True),
    Column("rubric_id", Id, ForeignKey("inspection_rubrics.id"), nullable=False),
    Column("owner_id", Id, ForeignKey("members.id"), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("ended_at", Moment),
    Column("publish", String(16), nullable=False),
    Column("conflicts", Json, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "rubric_id"),
    Index(None, "state"),
)
inspections = Table(
    "inspections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("round_id", Id, ForeignKey("inspection_rounds.id"), nullable=False),
    Column("by_branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("inspector_id", Id, ForeignKey("members.id")),
    Column("stage", String(16), nullable=False),
    Column("item", Integer, nullable=False),
    Column("handed_in_at", Moment),
    Column("answered_at", Moment),
    Column("answered_by", Id, ForeignKey("members.id")),
    Column("words", Text, nullable=False),
    Column("reply", Text, nullable=False),
    UniqueConstraint("round_id", "by_branch_id", "branch_id"),
    Index(None, "inspector_id"),
    Index(None, "branch_id"),
    Index(None, "by_branch_id"),
)
inspection_scores = Table(
    "inspection_scores",
    metadata,
    Column("inspection_id", Id, ForeignKey("inspections.id"), primary_key=True),
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("points", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("file_kind", String(16)),
    Column("file_id", Text),
)
inspection_corrections = Table(
    "inspection_corrections",
    metadata,
    Column("id", Id, primary_key=True),
    Column("inspection_id", Id, ForeignKey("inspections.id"), nullable=False),
    Column("item", Integer, nullable=False),
    Column("old", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "inspection_id"),
    Index(None, "by_id"),
)
