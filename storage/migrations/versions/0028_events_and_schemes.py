"""Entries of the ledger name their event, and the schemes by which events become points are kept.

The entries that there are get the event of their rule. Should a rule's event have an entry of that source already, the
rule's own name stands for it, so that each source still counts once.

Revision 0028, after 0027.
"""

import warnings

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EVENTS = {"task.on_time": "task.done", "study.right": "quiz.answered"}
RENAME = "UPDATE points_entries SET event = :event WHERE rule = :rule"
LATE = """
UPDATE points_entries SET event = 'task.done' WHERE rule = 'task.late' AND NOT EXISTS (
    SELECT 1 FROM points_entries AS other WHERE other.member_id = points_entries.member_id
    AND other.source = points_entries.source AND other.rule = 'task.on_time')
"""


def upgrade() -> None:
    """Forward."""
    op.add_column("points_entries", sa.Column("event", sa.String(32)))
    op.add_column("points_entries", sa.Column("facts", sa.Text()))
    op.add_column("points_entries", sa.Column("category", sa.String(32), nullable=False, server_default=""))
    op.execute(sa.text("UPDATE points_entries SET event = rule"))
    for rule, event in EVENTS.items():
        op.execute(sa.text(RENAME).bindparams(event=event, rule=rule))
    op.execute(sa.text(LATE))
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("points_entries") as entries:
            entries.alter_column("event", existing_type=sa.String(32), nullable=False)
            entries.drop_constraint(op.f("uq_points_entries_member_id_rule_source_ordinal"), type_="unique")
            entries.create_unique_constraint(
                op.f("uq_points_entries_member_id_event_source_ordinal"), ["member_id", "event", "source", "ordinal"]
            )
            entries.drop_index(op.f("ix_points_entries_member_id_rule_day"))
    op.create_index(
        op.f("ix_points_entries_member_id_day_rule_category_points"),
        "points_entries",
        ["member_id", "day", "rule", "category", "points"],
    )
    op.create_table(
        "points_schemes",
        sa.Column("id", Id, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("activated_by", Id),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("stamp", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["activated_by"], ["members.id"], name=op.f("fk_points_schemes_activated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_schemes")),
    )
