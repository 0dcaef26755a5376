"""The platform's updates in the store."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update

from domain.ids import UpdateId
from domain.inbox import Received
from storage.dialects import insert_new
from storage.schema import inbox

ADD = insert_new(inbox, ("id",)).returning(inbox.c.id)
PRUNE = delete(inbox).where(inbox.c.done_at < bindparam("before"))
TRIES = select(inbox.c.tries).where(inbox.c.id == bindparam("update"))
CLOSE = (
    update(inbox).where(inbox.c.id == bindparam("update"), inbox.c.done_at.is_(None)).values(done_at=bindparam("at"))
)
FAILED = (
    update(inbox).where(inbox.c.id == bindparam("update")).values(tries=inbox.c.tries + 1, error=bindparam("new_error"))
)
OPEN = select(inbox.c.id, inbox.c.body).where(inbox.c.done_at.is_(None)).order_by(inbox.c.id)


class Inbox:
    """See `domain.inbox.Inbox`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, update: Received, at: datetime) -> bool:
        """Remember an update; false when it was there already."""
        values = {"id": update.id, "body": update.body, "received_at": at}
        return self.connection.execute(ADD, values).first() is not None

    def close(self, update: UpdateId, at: datetime) -> bool:
        """Note that an update is handled; false when it was closed already."""
        return self.connection.execute(CLOSE, {"update": update, "at": at}).rowcount == 1

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note a failure; true when that was the last try."""
        self.connection.execute(FAILED, {"update": update, "new_error": error})
        spent: bool = self.connection.execute(TRIES, {"update": update}).scalar_one() >= most
        return spent

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""
        self.connection.execute(PRUNE, {"before": before})

    def open(self) -> list[Received]:
        """What is still to be handled, oldest first."""
        return [Received(UpdateId(id_), body) for id_, body in self.connection.execute(OPEN)]
