"""Who was reminded by a secretary on which day, in the store."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Connection, Date, ForeignKey, Table, bindparam, delete, select

from domain.ids import MemberId
from storage.base import Id, metadata
from storage.dialects import insert_new
from storage.feature import ERASED, Feature

nudges = Table(
    "nudges",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("day", Date, primary_key=True),
)

row = nudges.c
ON = select(row.member_id).where(
    row.member_id.in_(bindparam("members", expanding=True)), row.day == bindparam("on_day")
)
PUT = insert_new(nudges, ("member_id", "day"))
FORGET = delete(nudges).where(row.day < bindparam("before"))


class Nudges:
    """See `domain.report.missing.Nudges`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def on(self, day: date, members: Collection[MemberId]) -> set[MemberId]:
        """Which members have been reminded on a day."""
        rows = self.connection.execute(ON, {"members": list(members), "on_day": day})
        return {MemberId(member) for member in rows.scalars()}

    def put(self, member: MemberId, day: date) -> None:
        """Note that a member is reminded on a day."""
        self.connection.execute(PUT, {"member_id": member, "day": day})

    def forget(self, before: date) -> None:
        """Forget those of earlier days."""
        self.connection.execute(FORGET, {"before": before})


FEATURE = Feature(
    tables=(nudges,),
    not_shown={"nudges": "a week of days on which they were reminded: the reminders themselves are shown"},
    erase_member=(delete(nudges).where(row.member_id == ERASED),),
)
