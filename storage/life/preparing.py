"""Who prepares which item of a meeting, in the store."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, bindparam, func, insert, or_, select, update

from domain.ids import MeetingId, MemberId, PersonId
from domain.life.meeting.preparing import Preparer
from domain.table import Code
from storage.base import Id, metadata
from storage.feature import MEMBER, PERSON, Feature, Personal
from storage.life.meeting import CURRENT, OWN_PERSON
from storage.life.meeting_tables import meetings
from storage.people.member import members
from storage.people.tables import people

meeting_preparers = Table(
    "meeting_preparers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("item", Integer, nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), index=True),
    Column("member_id", Id, ForeignKey("members.id"), index=True),
)

one, meeting = meeting_preparers.c, meetings.c
ADD = insert(meeting_preparers)
ALL = select(
    one.meeting_id,
    one.item,
    one.person_id,
    func.coalesce(people.c.member_id, one.member_id),
    func.coalesce(people.c.name, members.c.name),
).select_from(
    meeting_preparers.outerjoin(people, people.c.id == one.person_id).outerjoin(members, members.c.id == one.member_id)
)
OF = ALL.where(one.meeting_id == bindparam("meeting", type_=Id)).order_by(one.item, one.id)
OF_MEMBER = (
    ALL.join(meetings, meeting.id == one.meeting_id)
    .where(CURRENT, or_(one.member_id == MEMBER, one.person_id == OWN_PERSON))
    .order_by(meeting.starts_at, meeting.id, one.item)
)
HAND_OVER = (
    update(meeting_preparers)
    .where(one.member_id == bindparam("awaited", type_=Id))
    .values(member_id=bindparam("known", type_=Id))
)


class Preparers:
    """See `domain.life.meeting.preparing.Preparers`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, preparers: Sequence[Preparer]) -> None:
        """Remember who prepares what."""
        rows = [
            {"meeting_id": each.meeting, "item": each.item, "person_id": each.person, "member_id": each.member}
            for each in preparers
        ]
        if rows:
            self.connection.execute(ADD, rows)

    def of(self, meeting: MeetingId) -> list[Preparer]:
        """Who prepares the items of a meeting, by item."""
        return _once(self.connection.execute(OF, {"meeting": meeting}))

    def of_member(self, member: MemberId) -> list[Preparer]:
        """What somebody prepares for meetings that are called or open, by meeting and item."""
        return _once(self.connection.execute(OF_MEMBER, {"member": member}))

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What an awaited member prepares is the known one's."""
        self.connection.execute(HAND_OVER, {"awaited": awaited, "known": known})


def _once(rows: Iterable[Any]) -> list[Preparer]:
    """Somebody prepares an item once, also who was named by a person and by an account that turned out to be theirs."""
    found: dict[tuple[int, int, int | None, int | None], Preparer] = {}
    for each in map(to_preparer, rows):
        found.setdefault((each.meeting, each.item, each.member, None if each.member else each.person), each)
    return list(found.values())


def to_preparer(row: Sequence[Any]) -> Preparer:
    """Somebody who prepares an item, from their row."""
    number, item, person, member, name = row
    return Preparer(MeetingId(number), item, person and PersonId(person), member and MemberId(member), name or "")


OWN = (
    select(meeting.kind, meeting.starts_at, meeting.agenda.label("item"), one.item.label("at"))
    .select_from(meeting_preparers.join(meetings, meeting.id == one.meeting_id))
    .where(or_(one.member_id == MEMBER, one.person_id == PERSON))
    .order_by(meeting.starts_at, meeting.id, one.item)
)


def told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An item that somebody prepares, in words."""
    kind, starts_at, agenda, item = line
    return Code(f"meeting.{kind}"), starts_at, agenda[item - 1], item


FEATURE = Feature(
    tables=(meeting_preparers,),
    personal=(Personal(331, "meeting_items", OWN, told, texts="meeting"),),
    not_erased={"meeting_preparers": "kept under a number: the branch's record of its meetings stays right"},
)
