"""Groups are admitted before the bot works in them; who has spoken there; the first administrator's link.

Groups that are bound to a branch, or have a secretary by role, go on as they were. All others wait to be admitted, and
nothing more is said in them until then.

Revision 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

HAVE_SOMEBODY = """
    branch_id IS NOT NULL OR id IN (
        SELECT chat_id FROM grants WHERE role = 'secretary' AND chat_id IS NOT NULL AND revoked_at IS NULL
    )
"""
ADMITTED = "SELECT id FROM chats WHERE kind = 'group' AND admission = 'admitted'"
TRUE = "true"  # both engines know the word
PENDING = "SELECT id FROM chats WHERE kind = 'group' AND admission = 'pending'"


def upgrade() -> None:
    """Forward."""
    op.add_column("chats", sa.Column("admission", sa.String(length=16), server_default="pending", nullable=False))
    op.add_column("chats", sa.Column("admission_at", Moment(), nullable=True))
    op.add_column("chats", sa.Column("admission_by", sa.BigInteger(), nullable=True))
    op.add_column("memberships", sa.Column("spoke", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "admin_links",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_admin_links")),
    )
    op.execute(f"UPDATE chats SET admission = 'admitted' WHERE kind = 'group' AND ({HAVE_SOMEBODY})")  # noqa: S608 - constants
    # Whether those who are known there have spoken was not kept: in a group with somebody in charge they count as if.
    op.execute(f"UPDATE memberships SET spoke = {TRUE} WHERE group_id IN ({ADMITTED})")  # noqa: S608 - constants
    op.execute(
        f"UPDATE outbox SET state = 'withdrawn', gone = {TRUE}, done_at = put_at "  # noqa: S608 - constants
        f"WHERE state = 'queued' AND chat_id IN ({PENDING})"
    )
