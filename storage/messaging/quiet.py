"""Quiet hours in the store."""

from sqlalchemy import Column, Connection, ForeignKey, String, Table, bindparam, delete, insert, or_, select, update

from domain.ids import ChatId
from domain.messaging.quiet import Quiet, QuietHours
from storage.base import Id, metadata
from storage.feature import Feature

quiet_hours = Table(
    "quiet_hours",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", Id, ForeignKey("chats.id"), unique=True),
    Column("hours", String(64), nullable=False),
)

row = quiet_hours.c
OF = (
    select(row.hours, row.chat_id)
    .where(or_(row.chat_id == bindparam("chat"), row.chat_id.is_(None)))
    .order_by(row.chat_id.is_(None))
    .limit(1)
)
SAME_CHAT = row.chat_id.is_not_distinct_from(bindparam("chat", type_=row.chat_id.type))
CHANGE = update(quiet_hours).where(SAME_CHAT).values(hours=bindparam("new_hours"))
ADD = insert(quiet_hours)
FOLLOW = delete(quiet_hours).where(row.chat_id == bindparam("chat"))


class Quiets:
    """See `domain.messaging.quiet.Quiets`. Spans stand with blanks between them; no quiet hours are an empty text."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, chat: ChatId | None) -> QuietHours:
        """What holds in a chat: its own, else the enterprise's (`None` asks for these), else the usual ones."""
        found = self.connection.execute(OF, {"chat": chat}).one_or_none()
        if found is None:
            return QuietHours()
        hours, owner = found
        return QuietHours(Quiet.of(hours) if hours else None, chosen=owner is not None)

    def choose(self, chat: ChatId | None, quiet: Quiet | None) -> None:
        """Set a chat's quiet hours, or the enterprise's; no quiet hours are a choice too."""
        hours = "" if quiet is None else str(quiet)
        if not self.connection.execute(CHANGE, {"chat": chat, "new_hours": hours}).rowcount:
            self.connection.execute(ADD, {"chat_id": chat, "hours": hours})

    def follow(self, chat: ChatId) -> None:
        """Let a chat have what the enterprise has."""
        self.connection.execute(FOLLOW, {"chat": chat})


FEATURE = Feature(tables=(quiet_hours,))
