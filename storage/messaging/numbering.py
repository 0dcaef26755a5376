"""The bots whose updates the store has taken in."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Connection, Integer, Table, bindparam, func, select, true

from storage.base import metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import Feature

bots = Table(
    "bots",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("met_at", Moment, nullable=False),
)

MEET = insert_new(bots, ("id",)).from_select(
    ["id", "number", "met_at"],
    select(
        bindparam("bot", type_=BigInteger()),
        func.count(bots.c.id),
        bindparam("at", type_=bots.c.met_at.type),
    ).where(true()),  # SQLite would take what follows for a join otherwise
    include_defaults=False,
)
NUMBER = select(bots.c.number).where(bots.c.id == bindparam("bot"))


class Bots:
    """See `domain.messaging.numbering.Bots`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def meet(self, bot: int, at: datetime) -> int:
        """Remember a bot by the platform's id; how many others were there before it."""
        self.connection.execute(MEET, {"bot": bot, "at": at})
        number: int = self.connection.execute(NUMBER, {"bot": bot}).scalar_one()
        return number


FEATURE = Feature(tables=(bots,))
