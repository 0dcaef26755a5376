"""Rubrics and schemes that are a branch's own, for what is below it; names of forms of more than 16 letters.

Revision 0071, after 0069.
"""

import warnings

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0069"
branch_labels = None
depends_on = None

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    with warnings.catch_warnings():
        # SQLite copies the table, and looks at those that it refers to: an index over an expression there stays.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection")
        for name in ("inspection_rubrics", "evaluation_schemes"):
            with op.batch_alter_table(name) as table:
                table.add_column(sa.Column("branch_id", Id, nullable=True))
                table.create_foreign_key(op.f(f"fk_{name}_branch_id"), "branches", ["branch_id"], ["id"])
        with op.batch_alter_table("inspection_rubrics") as table:
            table.drop_constraint(op.f("uq_inspection_rubrics_title_version"), type_="unique")
            table.create_unique_constraint(
                op.f("uq_inspection_rubrics_title_version_branch_id"), ["title", "version", "branch_id"]
            )
        with op.batch_alter_table("drafts", table_kwargs={"sqlite_autoincrement": True}) as table:
            for name in ("kind", "step"):
                table.alter_column(name, existing_type=sa.String(16), type_=sa.String(32), existing_nullable=False)
