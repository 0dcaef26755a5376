"""The audit log is read by number, newest first: an index over moments only led astray.

Revision 0016, after 0015.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.drop_index(op.f("ix_audit_at"), table_name="audit")
