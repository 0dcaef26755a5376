"""The platform's updates in the store."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)

from domain.ids import UpdateId, WorkerId
from domain.messaging.inbox import NOBODY, Given, Received
from storage.base import metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import Feature
from storage.prepared import Prepared

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", Text),
    Column("lane", Text, nullable=False, server_default=""),
    Column("worker", BigInteger, nullable=False, server_default="0"),
    Index(
        "ix_inbox_lane", "lane", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
    ),
    Index("ix_inbox_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
)

IS_OPEN = text("done_at IS NULL")  # as the partial indexes say it
before = inbox.alias("before")
LAST_OF_LANE = (
    select(before.c.worker)
    .where(before.c.lane == bindparam("in_lane"), text("before.done_at IS NULL"))
    .order_by(before.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
AFTER = (
    select(before.c.id)
    .where(before.c.lane == bindparam("in_lane"), text("before.done_at IS NULL"), before.c.id != bindparam("update"))
    .order_by(before.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
ADD = Prepared(
    insert_new(inbox, ("id",))
    .values(
        id=bindparam("update"),
        body=bindparam("text"),
        received_at=bindparam("at"),
        lane=bindparam("in_lane"),
        worker=func.coalesce(LAST_OF_LANE, bindparam("me", type_=inbox.c.worker.type)),
    )
    .returning(inbox.c.worker, AFTER)
)
PRUNE = delete(inbox).where(inbox.c.done_at < bindparam("before"))
TRIES = select(inbox.c.tries).where(inbox.c.id == bindparam("update"))
CLOSE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("update"), inbox.c.done_at.is_(None))
    .values(done_at=bindparam("at"))
    .returning(inbox.c.id)
)
FAILED = (
    update(inbox).where(inbox.c.id == bindparam("update")).values(tries=inbox.c.tries + 1, error=bindparam("new_error"))
)
OPEN = select(inbox.c.id).where(IS_OPEN, inbox.c.worker == bindparam("worker")).order_by(inbox.c.id)
BODY = select(inbox.c.body, inbox.c.lane).where(inbox.c.id == bindparam("update"))
WORKERS = select(inbox.c.worker).where(IS_OPEN).distinct()
TAKE_OVER = (
    update(inbox).where(IS_OPEN, inbox.c.worker.in_(bindparam("gone", expanding=True))).values(worker=bindparam("me"))
)
HAND_BACK = update(inbox).where(IS_OPEN, inbox.c.worker == bindparam("me")).values(worker=NOBODY)


class Inbox:
    """See `domain.messaging.inbox.Inbox`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, update: Received, worker: WorkerId, at: datetime) -> Given | None:
        """Remember an update, given to the worker of its lane, else to `worker`; `None` when it was there already."""
        values = {"update": update.id, "text": update.body, "at": at, "in_lane": update.lane, "me": worker}
        rows = ADD(self.connection, values)
        return Given(WorkerId(rows[0][0]), rows[0][1]) if rows else None

    def close(self, update: UpdateId, at: datetime) -> bool:
        """Note that an update is handled; false when it was closed already."""
        return bool(CLOSE(self.connection, {"update": update, "at": at}))

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note a failure; true when that was the last try."""
        self.connection.execute(FAILED, {"update": update, "new_error": error})
        spent: bool = self.connection.execute(TRIES, {"update": update}).scalar_one() >= most
        return spent

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""
        self.connection.execute(PRUNE, {"before": before})

    def open(self, worker: WorkerId, but: Collection[UpdateId] = ()) -> list[Received]:
        """What a worker still has to handle, oldest first, but for what it knows of."""
        numbers = self.connection.execute(OPEN, {"worker": worker}).scalars().all()
        return [self._get(UpdateId(number)) for number in numbers if number not in but]

    def _get(self, update: UpdateId) -> Received:
        body, lane = self.connection.execute(BODY, {"update": update}).one()
        return Received(update, body, lane=lane)

    def workers(self) -> frozenset[WorkerId]:
        """To whom open updates belong."""
        return frozenset(WorkerId(number) for number in self.connection.execute(WORKERS).scalars())

    def take_over(self, worker: WorkerId, gone: Collection[WorkerId]) -> None:
        """Give a worker the open updates of others."""
        self.connection.execute(TAKE_OVER, {"me": worker, "gone": list(gone)})

    def hand_back(self, worker: WorkerId) -> None:
        """Leave a worker's open updates to whoever leads."""
        self.connection.execute(HAND_BACK, {"me": worker})


FEATURE = Feature(tables=(inbox,))
