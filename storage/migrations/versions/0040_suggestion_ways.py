"""Ways of suggestions: mailboxes of anonymous authors, pictures, doubts, merging, supporters, hidden words.

Anonymous suggestions of before lose their authors.

Revision 0040, after 0035.
"""

import datetime as dt
import warnings

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
members = sa.table(
    "members", sa.column("id"), sa.column("platform_id"), sa.column("name"), sa.column("met_at", Moment())
)
suggestions = sa.table(
    "suggestions", sa.column("id"), sa.column("author_id"), sa.column("source", sa.Text()), sa.column("naming")
)
NOBODY = sa.select(members.c.id).where(members.c.platform_id == 0)
IS_ANONYMOUS = suggestions.c.naming == "anonymous"


def take_authors() -> None:
    """Leave anonymous suggestions to nobody, who is made if need be."""
    store = op.get_bind()
    if store.execute(sa.select(suggestions.c.id).where(IS_ANONYMOUS).limit(1)).first() is None:
        return
    if store.execute(NOBODY).first() is None:
        store.execute(sa.insert(members).values(platform_id=0, name="", met_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))
    source = sa.literal("anonymous:", sa.Text()).concat(sa.cast(suggestions.c.id, sa.Text()))
    store.execute(sa.update(suggestions).where(IS_ANONYMOUS).values(author_id=NOBODY.scalar_subquery(), source=source))


def upgrade() -> None:
    """Forward."""
    take_authors()
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("suggestions") as table:
            table.add_column(sa.Column("photo", sa.Text(), nullable=False, server_default=""))
            table.add_column(sa.Column("mailbox", sa.String(32), nullable=True))
            table.add_column(sa.Column("doubt", sa.String(16), nullable=True))
            table.add_column(sa.Column("above", sa.Boolean(), nullable=False, server_default=sa.false()))
            table.add_column(sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
            table.add_column(sa.Column("merged_into", Id, nullable=True))
            table.add_column(sa.Column("taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))
            table.create_foreign_key(op.f("fk_suggestions_merged_into"), "suggestions", ["merged_into"], ["id"])
    op.create_index(op.f("ix_suggestions_merged_into"), "suggestions", ["merged_into"])
    op.create_index(op.f("ix_suggestions_group_id_fingerprint"), "suggestions", ["group_id", "fingerprint"])
    op.create_table(
        "suggestion_votes",
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("member_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_suggestion_votes_member_id")),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestions.id"], name=op.f("fk_suggestion_votes_suggestion_id")),
        sa.PrimaryKeyConstraint("suggestion_id", "member_id", name=op.f("pk_suggestion_votes")),
    )
    op.create_index(op.f("ix_suggestion_votes_member_id"), "suggestion_votes", ["member_id"])
    op.create_table(
        "suggestion_mailboxes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("hour", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_mailboxes")),
    )
    op.create_index(op.f("ix_suggestion_mailboxes_hour"), "suggestion_mailboxes", ["hour"])
    op.create_table(
        "suggestion_letters",
        sa.Column("id", Id, nullable=False),
        sa.Column("suggestion_id", Id, nullable=False),
        sa.Column("by_id", Id, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["members.id"], name=op.f("fk_suggestion_letters_by_id")),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestions.id"], name=op.f("fk_suggestion_letters_suggestion_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestion_letters")),
    )
    for column in ("suggestion_id", "by_id"):
        op.create_index(op.f(f"ix_suggestion_letters_{column}"), "suggestion_letters", [column])
    op.create_table(
        "hidden_words",
        sa.Column("word", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_hidden_words")),
    )
