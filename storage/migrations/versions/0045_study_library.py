"""Questions beside the study items, what else an item has, courses and campaigns.

Revision 0045, after 0043.

The quiz of an item becomes a question with the item's code.
"""

import warnings

import sqlalchemy as sa
from alembic import op

from storage.columns import Json, Moment

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
items = sa.table(
    "study_items",
    *(sa.column("id"), sa.column("code"), sa.column("topic"), sa.column("source"), sa.column("quiz", Json())),
)
questions = sa.table(
    "study_questions",
    *(sa.column("code"), sa.column("item_id"), sa.column("kind"), sa.column("text"), sa.column("content", Json())),
    *(sa.column("explanation"), sa.column("source"), sa.column("topic"), sa.column("version")),
    sa.column("retired", sa.Boolean()),
)


def upgrade() -> None:
    """Forward."""
    _questions()
    _move_quizzes()
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        with op.batch_alter_table("study_items") as table:
            table.drop_column("quiz")
            table.add_column(sa.Column("more_topics", Json(), nullable=True))
            table.add_column(sa.Column("media", Json(), nullable=True))
            table.add_column(sa.Column("url", sa.Text(), nullable=False, server_default=""))
            table.add_column(sa.Column("effective", sa.Date(), nullable=True))
            table.add_column(sa.Column("audience", Json(), nullable=True))
            table.add_column(sa.Column("owner_id", Id, nullable=True))
            table.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
            table.add_column(sa.Column("withdrawn_at", Moment, nullable=True))
            table.add_column(sa.Column("told_expires", sa.Date(), nullable=True))
            table.create_foreign_key(op.f("fk_study_items_owner_id"), "members", ["owner_id"], ["id"])
    op.create_index(op.f("ix_study_items_owner_id"), "study_items", ["owner_id"])
    _courses()


def _questions() -> None:
    table = "study_questions"
    op.create_table(
        table,
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("item_id", Id, nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["study_items.id"], name=op.f("fk_study_questions_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_questions")),
        sa.UniqueConstraint("code", name=op.f("uq_study_questions_code")),
    )
    for column in ("item_id", "topic"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _move_quizzes() -> None:
    store = op.get_bind()
    found = store.execute(sa.select(items).where(items.c.quiz.is_not(None)).order_by(items.c.id)).all()
    rows = [
        {
            "code": code,
            "item_id": id_,
            "kind": "single",
            "text": quiz["question"],
            "content": {"options": quiz["options"], "right": [quiz["answer"]]},
            "explanation": quiz["explanation"],
            "source": source,
            "topic": topic,
            "version": 1,
            "retired": False,
        }
        for id_, code, topic, source, quiz in found
        if quiz is not None
    ]
    if rows:
        store.execute(sa.insert(questions), rows)


def _courses() -> None:
    op.create_table(
        "study_courses",
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("items", Json(), nullable=False),
        sa.Column("audience", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_courses")),
        sa.UniqueConstraint("code", name=op.f("uq_study_courses_code")),
    )
    op.create_table(
        "study_campaigns",
        sa.Column("id", Id, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("items", Json(), nullable=False),
        sa.Column("topics", Json(), nullable=False),
        sa.Column("audience", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_campaigns")),
        sa.UniqueConstraint("code", name=op.f("uq_study_campaigns_code")),
    )
