"""Which chats have had their morning's digest of tasks, in the store."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Connection, Date, ForeignKey, Table, bindparam, delete, select

from domain.ids import ChatId
from storage.base import Id, metadata
from storage.dialects import upsert
from storage.feature import ERASED, Feature

task_digests = Table(
    "task_digests",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id"), primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False),
)

digest = task_digests.c
LAST_OF = select(digest.chat_id, digest.day).where(digest.chat_id.in_(bindparam("chats", expanding=True)))
SENT = upsert(task_digests, ("chat_id",), day=bindparam("new_day"))


class Digests:
    """See `domain.work.task.digests.Digests`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def last_of(self, chats: Collection[ChatId]) -> dict[ChatId, date]:
        """The day of the last digest of chats."""
        rows = self.connection.execute(LAST_OF, {"chats": list(chats)})
        return {ChatId(chat): day for chat, day in rows}

    def sent(self, chats: Collection[ChatId], day: date) -> None:
        """Note that chats have had their digest of a day."""
        if chats:
            self.connection.execute(SENT, [{"chat_id": chat, "day": day, "new_day": day} for chat in chats])


FEATURE = Feature(tables=(task_digests,), erase_chat=(delete(task_digests).where(digest.chat_id == ERASED),))
