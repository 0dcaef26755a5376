"""The outbox in the store: what waits to be said, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.ids import ChatId
from domain.messaging.delivery import State
from domain.messaging.encryption import KeyId
from domain.messaging.rows import Row
from storage.messaging.posted import PUT, Posted
from storage.messaging.rows import ABOUT, IN_QUEUE, row
from storage.messaging.sending import Sending
from storage.messaging.tables import documents, outbox

REPLACE_BODY = (
    update(outbox).where(row.id == bindparam("delivery")).values(body=bindparam("new_body", type_=outbox.c.body.type))
)
WITHDRAW = (
    update(outbox)
    .where(row.chat_id == bindparam("chat"), IN_QUEUE, row.state == State.QUEUED.value)
    .values(state=State.WITHDRAWN.value, gone=True, done_at=bindparam("ended", type_=outbox.c.done_at.type))
)
HURRY = update(outbox).where(row.id == bindparam("delivery")).values(urgent=True)
# Of a row that was there already, the content may have gone; it must not come back.
ATTACH = (
    insert(documents)
    .from_select(
        ["delivery_id", "content"],
        select(row.id, bindparam("content", type_=documents.c.content.type)).where(
            row.key == bindparam("key"), row.state == State.QUEUED.value
        ),
    )
    .on_conflict_do_nothing(index_elements=[documents.c.delivery_id])
)
CONTENT = select(documents.c.content).where(documents.c.delivery_id == bindparam("delivery"))
DROP_CONTENT = delete(documents).where(documents.c.delivery_id == bindparam("delivery"))


@dataclass(frozen=True, slots=True)
class Rows(Posted, Sending):
    """See `domain.messaging.rows.Rows`."""

    def put(self, row: Row) -> bool:
        """Add a row; false where its key was there before, and it is not added again."""
        values = {
            "key": row.key,
            "chat_id": row.chat,
            "action": row.call,
            "about": None if row.subject is None else str(row.subject),
            "target_id": row.target,
            "body": self.cipher.encrypt_body(row.under, row.body, ABOUT),
            "urgent": row.urgent,
            "if_unknown": row.if_unknown,
            "state": State.QUEUED,
            "put_at": row.turn.put_at,
            "not_before": row.turn.not_before,
        }
        is_new = self.connection.execute(PUT, values).scalar() is not None
        if is_new:
            self.used()
        return is_new

    def attach(self, key: str, content: bytes) -> None:
        """Keep what is in a file, until the row with the key was sent."""
        self.connection.execute(ATTACH, {"content": content, "key": key})

    def content(self, delivery: int) -> bytes:
        """What is in the file that is to be sent."""
        return bytes(self.connection.execute(CONTENT, {"delivery": delivery}).scalar_one())

    def drop_content(self, delivery: int) -> None:
        """A file is not needed any more."""
        self.connection.execute(DROP_CONTENT, {"delivery": delivery})

    def withdraw(self, chat: ChatId) -> None:
        """Nothing that a chat was still to hear is said."""
        self.connection.execute(WITHDRAW, {"chat": chat, "ended": self.at})

    def replace_body(self, row: int, body: Mapping[str, Any], under: KeyId | None) -> None:
        """Let a row that waits say something else, kept under a key, if any."""
        kept = self.cipher.encrypt_body(under, body, ABOUT)
        self.connection.execute(REPLACE_BODY, {"delivery": row, "new_body": kept})
        self.used()

    def hurry(self, row: int) -> None:
        """Somebody waits for a row now."""
        self.connection.execute(HURRY, {"delivery": row})
        self.used()
