"""The platform's updates in the store."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    case,
    delete,
    or_,
    select,
    text,
    true,
    update,
)

from domain.ids import UpdateId, WorkerId
from domain.messaging.encryption import KeyId
from domain.messaging.inbox import NOBODY, Given, Received
from storage.base import metadata
from storage.cipher import MARK, Cipher, is_encrypted
from storage.columns import Moment
from storage.dialects import batch, insert_new
from storage.feature import Feature
from storage.keys import Keyring
from storage.messaging.tables import encrypted_chats
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
    Column("poll_id", Text),
    Index(
        "ix_inbox_lane", "lane", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
    ),
    Index("ix_inbox_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    Index(
        "ix_inbox_poll_id",
        "poll_id",
        unique=True,
        sqlite_where=text("poll_id IS NOT NULL"),
        postgresql_where=text("poll_id IS NOT NULL"),
    ),
)

Last = tuple[UpdateId | None, WorkerId | None, KeyId | None]
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
UNDER = select(encrypted_chats.c.key_id).where(encrypted_chats.c.lane == lane.c.lane)
LAST_OF_LANES = Prepared(
    select(
        lane.c.lane,
        OPEN_IN_LANE.scalar_subquery(),
        OPEN_IN_LANE.with_only_columns(before.c.worker).scalar_subquery(),
        UNDER.scalar_subquery(),
    )
)
arrived = batch(
    "updates", id=BigInteger(), body=Text(), lane=Text(), worker=BigInteger(), tries=Integer(), poll_id=Text()
)
ADD = Prepared(
    insert_new(inbox, ("id",))
    .from_select(
        ["id", "body", "received_at", "lane", "worker", "tries", "poll_id"],
        select(
            arrived.c.id,
            arrived.c.body,
            bindparam("at", type_=inbox.c.received_at.type),
            arrived.c.lane,
            arrived.c.worker,
            arrived.c.tries,
            arrived.c.poll_id,
        ).where(true()),  # SQLite would take what follows for a join otherwise
        include_defaults=False,
    )
    .returning(inbox.c.id, inbox.c.tries)
)
polls = batch("polls", poll_id=Text())
LAST_COUNTS = Prepared(select(inbox.c.poll_id, inbox.c.id).join(polls, polls.c.poll_id == inbox.c.poll_id))
DROP_COUNTS = Prepared(delete(inbox).where(inbox.c.poll_id.in_(select(polls.c.poll_id))).returning(inbox.c.id))
IS_ENCRYPTED = inbox.c.body.startswith(MARK)
PRUNE = delete(inbox).where(inbox.c.done_at < bindparam("before"))
CLOSE = Prepared(
    update(inbox)
    .where(inbox.c.id == bindparam("update"), inbox.c.done_at.is_(None))
    .values(
        done_at=bindparam("at"),
        # Of what was encrypted nothing stays but its number, by which a second delivery is known.
        body=case((IS_ENCRYPTED, ""), else_=inbox.c.body),
        lane=case((IS_ENCRYPTED, ""), else_=inbox.c.lane),
    )
    .returning(inbox.c.id)
)
BLANK = (
    update(inbox).where(inbox.c.lane == bindparam("its_lane"), inbox.c.done_at.is_not(None)).values(body="", lane="")
)
wanted = batch("wanted", id=BigInteger())
AMONG_WANTED = inbox.c.id.in_(select(wanted.c.id))
BEGIN = Prepared(
    update(inbox).where(IS_OPEN, AMONG_WANTED).values(tries=inbox.c.tries + 1).returning(inbox.c.id, inbox.c.tries)
)
SPARE = update(inbox).where(IS_OPEN, AMONG_WANTED, inbox.c.tries > 0).values(tries=inbox.c.tries - 1)
FAILED = (
    update(inbox)
    .where(IS_OPEN, inbox.c.id == bindparam("update"))
    .values(error=bindparam("new_error"))
    .returning(inbox.c.tries)
)
SET_ASIDE = (
    update(inbox)
    .where(IS_OPEN, or_(inbox.c.id < bindparam("below"), inbox.c.id >= bindparam("above")))
    .values(done_at=bindparam("at"))
    .returning(inbox.c.id)
)
OPEN = Prepared(
    select(inbox.c.id, inbox.c.lane, inbox.c.tries, inbox.c.received_at)
    .where(IS_OPEN, inbox.c.worker == bindparam("worker"))
    .order_by(inbox.c.id)
)
BODIES = Prepared(select(inbox.c.id, inbox.c.body).join(wanted, wanted.c.id == inbox.c.id).order_by(inbox.c.id))
BODY = Prepared(select(inbox.c.body).where(inbox.c.id == bindparam("update"), IS_OPEN))
WORKERS = select(inbox.c.worker).where(IS_OPEN).distinct()
TAKE_OVER = (
    update(inbox).where(IS_OPEN, inbox.c.worker.in_(bindparam("gone", expanding=True))).values(worker=bindparam("me"))
)
HAND_BACK = update(inbox).where(IS_OPEN, inbox.c.worker == bindparam("me")).values(worker=NOBODY)


class Inbox:
    """See `domain.messaging.inbox.Inbox`."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self.connection = connection
        self.cipher = Cipher(keyring)

    def add(self, updates: Sequence[Received], worker: WorkerId, at: datetime) -> dict[UpdateId, Given]:
        """Remember updates, each given to the worker of its lane, else to `worker`; those that are new, in order.

        Those of chats that are under a key are encrypted.
        """
        updates = self._newest_counts(updates)
        last = self._last_of_lanes(updates)
        workers = {name: worker if owner is None else owner for name, (_, owner, _) in last.items()}
        bodies = [self._kept(one, last[one.lane][2]) for one in updates]
        rows = [
            _row(one, body, workers[one.lane], tries=int(workers[one.lane] == worker))
            for one, body in zip(updates, bodies, strict=True)
        ]
        new = {UpdateId(number): tries for number, tries in ADD(self.connection, {"updates": _json(rows), "at": at})}
        after = {name: number for name, (number, *_) in last.items()}
        given: dict[UpdateId, Given] = {}
        for one in updates:
            if one.id in new and one.id not in given:
                given[one.id] = Given(workers[one.lane], after[one.lane], new[one.id])
                after[one.lane] = max(after[one.lane] or one.id, one.id)
        return given

    def _newest_counts(self, updates: Sequence[Received]) -> Sequence[Received]:
        """Updates without counts of a poll that newer ones follow; what was stored of those polls before goes."""
        newest = {one.poll: one.id for one in sorted(updates, key=lambda one: one.id) if one.poll is not None}
        if not newest:
            return updates
        known = {poll: UpdateId(number) for poll, number in LAST_COUNTS(self.connection, {"polls": _polls(newest)})}
        kept = {poll: number for poll, number in newest.items() if number > known.get(poll, -1)}
        DROP_COUNTS(self.connection, {"polls": _polls(kept)})
        return [one for one in updates if one.poll is None or one.id == kept.get(one.poll)]

    def _kept(self, one: Received, key: KeyId | None) -> str:
        return one.body if key is None else self.cipher.encrypt(key, one.body, _about(one.id))

    def _last_of_lanes(self, updates: Sequence[Received]) -> dict[str, Last]:
        """The newest open update of each lane, to whom it belongs, and the key that the lane's chat is under."""
        lanes = [{"lane": name} for name in {one.lane for one in updates}]
        return {
            name: (number, owner, key)
            for name, number, owner, key in LAST_OF_LANES(self.connection, {"lanes": _json(lanes)})
        }

    def close(self, update: UpdateId, at: datetime) -> bool:
        """Note that an update is handled; false when it was closed already."""
        return bool(CLOSE(self.connection, {"update": update, "at": at}))

    def blank(self, lane: str) -> None:
        """Clear words and sender of what is handled of a lane; that it was handled is kept."""
        self.connection.execute(BLANK, {"its_lane": lane})

    def failed(self, update: UpdateId, error: str, most: int) -> bool:
        """Note how a try ended; true when that was the last one of an open update."""
        tries = self.connection.execute(FAILED, {"update": update, "new_error": error}).scalar()
        return tries is not None and tries >= most

    def begin(self, updates: Collection[UpdateId]) -> dict[UpdateId, int]:
        """Count that handling updates begins: the how many-th time it is, of those that are still open."""
        return {UpdateId(number): tries for number, tries in BEGIN(self.connection, {"wanted": _numbers(updates)})}

    def spare(self, updates: Collection[UpdateId]) -> None:
        """Take back a count of open updates."""
        if updates:
            self.connection.execute(SPARE, {"wanted": _numbers(updates)})

    def set_aside(self, below: int, above: int, at: datetime) -> list[UpdateId]:
        """Close open updates whose numbers are below the one or not below the other; which they were."""
        found = self.connection.execute(SET_ASIDE, {"below": below, "above": above, "at": at}).scalars()
        return [UpdateId(number) for number in found]

    def prune(self, before: datetime) -> None:
        """Forget what was done before a moment."""
        self.connection.execute(PRUNE, {"before": before})

    def open(self, worker: WorkerId, but: Collection[UpdateId] = (), most_of_lane: int | None = None) -> list[Received]:
        """What a worker still has to handle, oldest first; of each lane so many with their bodies."""
        rows, lanes = [], set[str]()
        for number, name, tries, at in OPEN(self.connection, {"worker": worker}):
            if number not in but:
                rows.append((number, name, tries, at, name in lanes))
            lanes.add(name)
        wanted, of_lane = [], Counter[str]()
        for number, name, *_ in rows:
            of_lane[name] += 1
            if most_of_lane is None or of_lane[name] <= most_of_lane:
                wanted.append(number)
        bodies: dict[int, str] = {}
        for first in range(0, len(wanted), MAX_ROWS_READ):
            bodies |= self._bodies(wanted[first : first + MAX_ROWS_READ])
        return [
            Received(UpdateId(number), bodies.get(number, ""), lane=name, tries=tries, came=at, waits=waits)
            for number, name, tries, at, waits in rows
        ]

    def _bodies(self, numbers: Sequence[int]) -> dict[int, str]:
        rows = BODIES(self.connection, {"wanted": _numbers(numbers)})
        return {number: self._read(number, body) for number, body in rows}

    def body(self, update: UpdateId) -> str | None:
        """An update as it came; `None` where it is closed already, empty where nobody can read it any more."""
        rows = list(BODY(self.connection, {"update": update}))
        return self._read(update, rows[0][0]) if rows else None

    def _read(self, update: int, body: str) -> str:
        return (self.cipher.decrypt(body, _about(update)) or "") if is_encrypted(body) else body

    def workers(self) -> frozenset[WorkerId]:
        """To whom open updates belong."""
        return frozenset(WorkerId(number) for number in self.connection.execute(WORKERS).scalars())

    def take_over(self, worker: WorkerId, gone: Collection[WorkerId]) -> None:
        """Give a worker the open updates of others."""
        self.connection.execute(TAKE_OVER, {"me": worker, "gone": list(gone)})

    def hand_back(self, worker: WorkerId) -> None:
        """Leave a worker's open updates to whoever leads."""
        self.connection.execute(HAND_BACK, {"me": worker})


def _about(update: int) -> str:
    return f"inbox:{update}"


def _row(one: Received, body: str, worker: WorkerId, tries: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "body": body,
        "lane": one.lane,
        "worker": worker,
        "tries": tries,
        "poll_id": one.poll,
    }


def _numbers(updates: Collection[int]) -> str:
    return _json([{"id": number} for number in updates])


def _polls(polls: Collection[str]) -> str:
    return _json([{"poll_id": poll} for poll in polls])


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return orjson.dumps(rows).decode()


FEATURE = Feature(tables=(inbox,))
