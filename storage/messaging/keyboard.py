"""Which fixed keyboards stand in private chats, in the store."""

from sqlalchemy import Column, Connection, ForeignKey, Table, Text, bindparam, delete, select

from domain.ids import ChatId
from domain.messaging.keyboard import Shown
from storage.base import Id, metadata
from storage.dialects import upsert
from storage.feature import ERASED, Feature

keyboards = Table(
    "keyboards",
    metadata,
    Column("chat_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("basis", Text, nullable=False),
    Column("labels", Text, nullable=False),
)

row = keyboards.c
OF = select(row.basis, row.labels).where(row.chat_id == bindparam("chat"))
PUT = upsert(keyboards, ("chat_id",), basis=bindparam("new_basis"), labels=bindparam("new_labels"))
FORGET = delete(keyboards).where(row.chat_id == bindparam("chat"))


class Keyboards:
    """See `domain.messaging.keyboard.Keyboards`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def of(self, chat: ChatId) -> Shown | None:
        """The keyboard of a chat."""
        found = self.connection.execute(OF, {"chat": chat}).one_or_none()
        return None if found is None else Shown(*found)

    def put(self, chat: ChatId, shown: Shown) -> None:
        """Keep the new keyboard of a chat."""
        own = {"basis": shown.basis, "labels": shown.labels}
        self.connection.execute(PUT, {"chat_id": chat, **own, **{f"new_{name}": value for name, value in own.items()}})

    def forget(self, chat: ChatId) -> None:
        """Forget a chat's keyboard."""
        self.connection.execute(FORGET, {"chat": chat})


FEATURE = Feature(tables=(keyboards,), erase_chat=(delete(keyboards).where(row.chat_id == ERASED),))
