"""Who was reminded by a secretary on which day, in the store."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Column, Connection, Date, ForeignKey, Table, bindparam, delete, select

from domain.ids import ChatId, MemberId
from storage.base import Id, metadata
from storage.dialects import insert_new
from storage.feature import ERASED, Feature
from storage.prepared import Prepared

nudges = Table(
    "nudges",
    metadata,
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
)

row = nudges.c
ON = select(row.member_id).where(
    row.member_id.in_(bindparam("members", expanding=True)), row.day == bindparam("on_day")
)
LAST = Prepared(
    select(row.group_id, row.day).where(row.member_id == bindparam("member")).order_by(row.day.desc()).limit(1)
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

    def last(self, member: MemberId) -> tuple[ChatId, date] | None:
        """In which group a member was reminded last, and on which day."""
        for group, day in LAST(self.connection, {"member": member}):
            return ChatId(group), day
        return None

    def put(self, member: MemberId, day: date, group: ChatId) -> None:
        """Note that a member is reminded on a day."""
        self.connection.execute(PUT, {"member_id": member, "day": day, "group_id": group})

    def forget(self, before: date) -> None:
        """Forget those of earlier days."""
        self.connection.execute(FORGET, {"before": before})


FEATURE = Feature(
    tables=(nudges,),
    not_shown={"nudges": "a week of days on which they were reminded: the reminders themselves are shown"},
    erase_member=(delete(nudges).where(row.member_id == ERASED),),
)
