"""What waits in the store."""

from datetime import datetime

from sqlalchemy import Connection, String, and_, bindparam, column, func, or_, select, table, update

from domain.messaging.delivery import State
from storage.clock.schedule import schedules
from storage.messaging.chat import ADMITTED, chats
from storage.messaging.inbox import inbox
from storage.messaging.tables import outbox

INBOX_OPEN = select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None))
QUEUED = outbox.c.state == State.QUEUED.value
OUTBOX_QUEUED = select(func.count()).select_from(outbox).where(QUEUED)
UNKNOWN = select(func.count()).select_from(outbox).where(outbox.c.unknown_at.is_not(None))
OLDEST_MESSAGE = select(
    func.min(func.coalesce(outbox.c.not_before, outbox.c.put_at, type_=outbox.c.put_at.type))
).where(QUEUED, or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("at")))
OLDEST_SCHEDULE = (
    select(func.min(schedules.c.next_at))
    .outerjoin(chats, chats.c.id == schedules.c.group_id)
    .where(
        schedules.c.next_at <= bindparam("at"),
        ~schedules.c.paused,
        or_(schedules.c.group_id.is_(None), and_(*ADMITTED)),
    )
)

VERSION = column("version_num", String)
TOUCH = update(table("alembic_version", VERSION)).values(version_num=VERSION)


class Waiting:
    """See `domain.admin.backlog.Waiting`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def inbox_open(self) -> int:
        """Updates that are not handled yet."""
        return self.connection.execute(INBOX_OPEN).scalar_one()

    def outbox_queued(self) -> int:
        """Messages that are not sent yet."""
        return self.connection.execute(OUTBOX_QUEUED).scalar_one()

    def unknown(self) -> int:
        """Messages of which nobody knew, at least once, whether they had been said."""
        return self.connection.execute(UNKNOWN).scalar_one()

    def oldest_due(self, at: datetime) -> datetime | None:
        """Since when the oldest schedule or message that is due has been due."""
        since = [
            self.connection.execute(oldest, {"at": at}).scalar_one() for oldest in (OLDEST_MESSAGE, OLDEST_SCHEDULE)
        ]
        return min((moment for moment in since if moment is not None), default=None)

    def touch(self) -> None:
        """Write a row as it stands: it is written all the same."""
        self.connection.execute(TOUCH)
