"""Notices that were changed, who prepares what, and secret ballots.

Revision 0060, after 0059.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.add_column("meetings", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "meeting_preparers",
        sa.Column("id", Id, nullable=False),
        sa.Column("meeting_id", Id, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("member_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_preparers_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_meeting_preparers_person_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_meeting_preparers_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_preparers")),
    )
    for column in ("meeting_id", "person_id", "member_id"):
        op.create_index(op.f(f"ix_meeting_preparers_{column}"), "meeting_preparers", [column])
    op.create_table(
        "ballot_keys",
        sa.Column("decision_id", Id, nullable=False, autoincrement=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["meeting_decisions.id"], name=op.f("fk_ballot_keys_decision_id")),
        sa.ForeignKeyConstraint(["key_id"], ["encryption_keys.id"], name=op.f("fk_ballot_keys_key_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_ballot_keys")),
    )
    op.create_table(
        "ballot_voters",
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("voter_id", Id, nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["meeting_decisions.id"], name=op.f("fk_ballot_voters_decision_id")),
        sa.ForeignKeyConstraint(["voter_id"], ["meeting_people.id"], name=op.f("fk_ballot_voters_voter_id")),
        sa.PrimaryKeyConstraint("decision_id", "voter_id", name=op.f("pk_ballot_voters")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballot_voters_voter_id"), "ballot_voters", ["voter_id"])
    op.create_table(
        "ballots",
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("choice", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["meeting_decisions.id"], name=op.f("fk_ballots_decision_id")),
        sa.PrimaryKeyConstraint("decision_id", "key", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
