"""The platform's updates in the store."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

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
    select,
    text,
    true,
    update,
)

from domain.ids import UpdateId, WorkerId
from domain.messaging.inbox import NOBODY, Given, Received
from storage.base import metadata
from storage.columns import Moment
from storage.dialects import batch, insert_new
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

MAX_ROWS_READ = 500  # in one statement
IS_OPEN = text("done_at IS NULL")  # as the partial indexes say it
before = inbox.alias("before")
lane = batch("lanes", lane=Text())
OPEN_IN_LANE = (
    select(before.c.id)
    .where(before.c.lane == lane.c.lane, text("before.done_at IS NULL"))
    .order_by(before.c.id.desc())
    .limit(1)
)
LAST_OF_LANES = Prepared(
    select(
        lane.c.lane,
        OPEN_IN_LANE.scalar_subquery(),
        OPEN_IN_LANE.with_only_columns(before.c.worker).scalar_subquery(),
    )
)
arrived = batch("updates", id=BigInteger(), body=Text(), lane=Text(), worker=BigInteger())
ADD = Prepared(
    insert_new(inbox, ("id",))
    .from_select(
        ["id", "body", "received_at", "lane", "worker"],
        select(
            arrived.c.id,
            arrived.c.body,
            bindparam("at", type_=inbox.c.received_at.type),
            arrived.c.lane,
            arrived.c.worker,
        ).where(true()),  # SQLite would take what follows for a join otherwise
        include_defaults=False,
    )
    .returning(inbox.c.id)
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
OPEN = Prepared(
    select(inbox.c.id, inbox.c.lane).where(IS_OPEN, inbox.c.worker == bindparam("worker")).order_by(inbox.c.id)
)
wanted = batch("wanted", id=BigInteger())
BODIES = Prepared(select(inbox.c.id, inbox.c.body).join(wanted, wanted.c.id == inbox.c.id).order_by(inbox.c.id))
BODY = Prepared(select(inbox.c.body).where(inbox.c.id == bindparam("update"), IS_OPEN))
WORKERS = select(inbox.c.worker).where(IS_OPEN).distinct()
TAKE_OVER = (
    update(inbox).where(IS_OPEN, inbox.c.worker.in_(bindparam("gone", expanding=True))).values(worker=bindparam("me"))
)
HAND_BACK = update(inbox).where(IS_OPEN, inbox.c.worker == bindparam("me")).values(worker=NOBODY)


class Inbox:
    """See `domain.messaging.inbox.Inbox`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, updates: Sequence[Received], worker: WorkerId, at: datetime) -> dict[UpdateId, Given]:
        """Remember updates, each given to the worker of its lane, else to `worker`; those that are new, in order."""
        last = self._last_of_lanes(updates)
        workers = {name: worker if owner is None else owner for name, (_, owner) in last.items()}
        rows = [{"id": one.id, "body": one.body, "lane": one.lane, "worker": workers[one.lane]} for one in updates]
        new = {number for (number,) in ADD(self.connection, {"updates": _json(rows), "at": at})}
        after = {name: number for name, (number, _) in last.items()}
        given: dict[UpdateId, Given] = {}
        for one in updates:
            if one.id in new and one.id not in given:
                given[one.id] = Given(workers[one.lane], after[one.lane])
                after[one.lane] = max(after[one.lane] or one.id, one.id)
        return given

    def _last_of_lanes(self, updates: Sequence[Received]) -> dict[str, tuple[UpdateId | None, WorkerId | None]]:
        """The newest open update of each lane, and to whom it belongs."""
        lanes = [{"lane": name} for name in {one.lane for one in updates}]
        return {
            name: (number, owner) for name, number, owner in LAST_OF_LANES(self.connection, {"lanes": _json(lanes)})
        }

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

    def open(self, worker: WorkerId, but: Collection[UpdateId] = (), most_of_lane: int | None = None) -> list[Received]:
        """What a worker still has to handle, oldest first; of each lane so many with their bodies."""
        rows = [(number, name) for number, name in OPEN(self.connection, {"worker": worker}) if number not in but]
        wanted, of_lane = [], Counter[str]()
        for number, name in rows:
            of_lane[name] += 1
            if most_of_lane is None or of_lane[name] <= most_of_lane:
                wanted.append(number)
        bodies: dict[int, str] = {}
        for first in range(0, len(wanted), MAX_ROWS_READ):
            bodies |= self._bodies(wanted[first : first + MAX_ROWS_READ])
        return [Received(UpdateId(number), bodies.get(number, ""), lane=name) for number, name in rows]

    def _bodies(self, numbers: Sequence[int]) -> dict[int, str]:
        rows = BODIES(self.connection, {"wanted": _json([{"id": number} for number in numbers])})
        return {number: body for number, body in rows}  # noqa: C416 - rows are no pairs to the type checker

    def body(self, update: UpdateId) -> str | None:
        """An update as it came; `None` where it is closed already."""
        rows = list(BODY(self.connection, {"update": update}))
        return rows[0][0] if rows else None

    def workers(self) -> frozenset[WorkerId]:
        """To whom open updates belong."""
        return frozenset(WorkerId(number) for number in self.connection.execute(WORKERS).scalars())

    def take_over(self, worker: WorkerId, gone: Collection[WorkerId]) -> None:
        """Give a worker the open updates of others."""
        self.connection.execute(TAKE_OVER, {"me": worker, "gone": list(gone)})

    def hand_back(self, worker: WorkerId) -> None:
        """Leave a worker's open updates to whoever leads."""
        self.connection.execute(HAND_BACK, {"me": worker})


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False)


FEATURE = Feature(tables=(inbox,))
