"""Troubles that administrators should hear of, in the store."""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, Text, UniqueConstraint, bindparam, delete, select

from domain.messaging.alarm import Alarm, Trouble
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import Feature

alarms = Table(
    "alarms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("trouble", String(16), nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("trouble", "subject"),
    sqlite_autoincrement=True,  # a message's key is the last number in it: it must never come again
)

row = alarms.c
NOTE = insert_new(alarms, ("trouble", "subject"))
ALL = select(row.id, row.trouble, row.subject, row.at).order_by(row.id)
FORGET = delete(alarms).where(row.id <= bindparam("last"))
FORGET_OLD = delete(alarms).where(row.at < bindparam("before"))


class Alarms:
    """See `domain.messaging.alarm.Alarms`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def note(self, trouble: Trouble, subject: str, at: datetime) -> None:
        """Remember one; what is remembered already is not remembered twice."""
        self.connection.execute(NOTE, {"trouble": trouble, "subject": subject, "at": at})

    def all(self) -> list[Alarm]:
        """Those that nobody was told of yet, oldest first."""
        rows = self.connection.execute(ALL)
        return [Alarm(id_, Trouble(trouble), subject, at) for id_, trouble, subject, at in rows]

    def forget(self, last: int) -> None:
        """Forget all up to one."""
        self.connection.execute(FORGET, {"last": last})

    def forget_old(self, before: datetime) -> None:
        """Forget those from before a moment."""
        self.connection.execute(FORGET_OLD, {"before": before})


FEATURE = Feature(tables=(alarms,))
