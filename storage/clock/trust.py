"""What the store has seen of the time."""

from sqlalchemy import Boolean, Column, Connection, Integer, Table, bindparam, select

from domain.clock.trust import Mark
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import upsert
from storage.feature import Feature

THE_ROW = 1  # there is no other

time_marks = Table(
    "time_marks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("seen_at", Moment),
    Column("latest_at", Moment),
    Column("doubts", Integer, nullable=False),
    Column("doubted", Boolean, nullable=False),
)

row = time_marks.c
GET = select(row.seen_at, row.latest_at, row.doubts, row.doubted).where(row.id == THE_ROW)
NAMES = ("seen_at", "latest_at", "doubts", "doubted")
KEEP = upsert(time_marks, ("id",), **{name: bindparam(f"new_{name}", type_=row[name].type) for name in NAMES})


class Marks:
    """See `domain.clock.trust.Marks`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def get(self) -> Mark:
        """All of it."""
        found = self.connection.execute(GET).one_or_none()
        return Mark(*found) if found else Mark()

    def keep(self, mark: Mark) -> None:
        """Remember it in place of what was known."""
        values = {name: getattr(mark, name) for name in NAMES}
        self.connection.execute(KEEP, {"id": THE_ROW, **values, **{f"new_{name}": values[name] for name in NAMES}})


FEATURE = Feature(tables=(time_marks,))
