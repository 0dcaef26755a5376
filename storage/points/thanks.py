"""Thanks in the store."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ChatId, MemberId, ThanksId
from domain.points.thanks.model import RECEIVED, Thanks, Told
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import within
from storage.feature import ERASED, GROUP, MEMBER, NOBODY, Feature, Personal, subject
from storage.people.member import columns, members, to_member
from storage.points.points import on_no_board
from storage.points.tables import points_entries

thanks = Table(
    "thanks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("giver_id", Id, ForeignKey("members.id"), nullable=False),
    Column("receiver_id", Id, ForeignKey("members.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("source", "receiver_id"),
    Index(None, "giver_id", "day"),
    Index(None, "receiver_id", "day"),
    Index(None, "group_id", "at"),
    Index(None, "at"),
)

one = thanks.c
giver, receiver = members.alias("giver"), members.alias("receiver")
THANKS: Select[Any] = (
    select(one.id, one.group_id, one.reason, one.day, one.at, *columns(giver), *columns(receiver))
    .join(giver, giver.c.id == one.giver_id)
    .join(receiver, receiver.c.id == one.receiver_id)
    .order_by(one.at, one.id)
)
OF_SOURCE = THANKS.where(one.source == bindparam("source"))
GIVEN_ON = THANKS.where(one.giver_id == bindparam("member"), one.day == bindparam("day"))
RECEIVED_ON = THANKS.where(one.receiver_id == bindparam("member"), one.day == bindparam("day"))
NEWEST = (
    THANKS.where(one.receiver_id == bindparam("member"))
    .order_by(None)
    .order_by(one.at.desc(), one.id.desc())
    .limit(bindparam("limit"))
)
ADD = insert(thanks).returning(one.id)
SAVE = update(thanks).where(one.id == bindparam("number")).values(reason=bindparam("new_reason"))
REMOVE = delete(thanks).where(one.id == bindparam("number"))
HAND_OVER = update(thanks).where(one.receiver_id == bindparam("awaited")).values(receiver_id=bindparam("known"))
OF_BOTH = delete(thanks).where(
    one.receiver_id == bindparam("awaited"),
    or_(
        one.giver_id == bindparam("known"),
        one.source.in_(select(one.source).where(one.receiver_id == bindparam("known"))),
    ),
)
SUMS = (
    select(one.giver_id, one.receiver_id, func.count()).where(*within(one.at)).group_by(one.giver_id, one.receiver_id)
)
IN_SPAN = THANKS.add_columns(on_no_board(one.giver_id), on_no_board(one.receiver_id)).where(
    one.group_id == GROUP, *within(one.at)
)
IN_SPAN = IN_SPAN.limit(bindparam("most"))
OF_PEOPLE = len(columns(members))


def to_thanks(row: Sequence[Any]) -> Thanks:
    """A row of THANKS as the domain's."""
    id_, group, reason, day, at, *people = row
    gave, got = people[:OF_PEOPLE], people[OF_PEOPLE:]
    return Thanks(ThanksId(id_), ChatId(group), to_member(gave), to_member(got), reason, day, at)


class ThanksStore:
    """See `domain.points.thanks.ThanksStore`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Thanks]:
        return [to_thanks(row) for row in self.connection.execute(statement, values)]

    def add(self, thanks: Thanks, source: str) -> Thanks:
        """Remember thanks that came with a message; their id is given now."""
        values = {
            "group_id": thanks.group,
            "giver_id": thanks.giver.id,
            "receiver_id": thanks.receiver.id,
            "reason": thanks.reason,
            "day": thanks.day,
            "at": thanks.at,
            "source": source,
        }
        number = ThanksId(self.connection.execute(ADD, values).scalar_one())
        return Thanks(number, thanks.group, thanks.giver, thanks.receiver, thanks.reason, thanks.day, thanks.at)

    def save(self, thanks: Thanks) -> None:
        """Remember other words of a reason."""
        self.connection.execute(SAVE, {"number": thanks.id, "new_reason": thanks.reason})

    def remove(self, thanks: ThanksId) -> None:
        """Forget thanks that were taken back."""
        self.connection.execute(REMOVE, {"number": thanks})

    def of_source(self, source: str) -> list[Thanks]:
        """The thanks that came with a message."""
        return self._all(OF_SOURCE, source=source)

    def given_on(self, giver: MemberId, day: date) -> list[Thanks]:
        """What somebody has given on a day, in all groups."""
        return self._all(GIVEN_ON, member=giver, day=day)

    def received_on(self, receiver: MemberId, day: date) -> list[Thanks]:
        """What somebody was given on a day, in all groups, oldest first."""
        return self._all(RECEIVED_ON, member=receiver, day=day)

    def received(self, receiver: MemberId, limit: int) -> list[Thanks]:
        """The newest that somebody was given, newest first."""
        return self._all(NEWEST, member=receiver, limit=limit)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What was given to a stand-in is given to their account: not what they gave themselves, nor a second time."""
        if awaited != known:
            values = {"awaited": awaited, "known": known}
            self.connection.execute(OF_BOTH, values)
            self.connection.execute(HAND_OVER, values)

    def sums(self, since: datetime, until: datetime) -> Mapping[tuple[MemberId, MemberId], int]:
        """How often each giver thanked each receiver between two moments."""
        rows = self.connection.execute(SUMS, {"since": since, "until": until})
        return {(MemberId(gave), MemberId(got)): count for gave, got, count in rows}

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Told]:
        """A group's thanks between two moments, oldest first."""
        rows = self.connection.execute(IN_SPAN, {"group": group, "since": since, "until": until, "most": most})
        return [Told(to_thanks(row[:-2]), not row[-2], not row[-1]) for row in rows]


GIVEN = (
    select(one.at, receiver.c.name, one.reason)
    .join(receiver, receiver.c.id == one.receiver_id)
    .where(one.giver_id == MEMBER)
    .order_by(one.id)
)
GOT = (
    select(one.at, giver.c.name, one.reason)
    .join(giver, giver.c.id == one.giver_id)
    .where(one.receiver_id == MEMBER)
    .order_by(one.id)
)
WEEK = select(func.count().label("thanks_given")).where(one.group_id == GROUP, *within(one.at))
# The points of whoever was thanked have the words for their cause.
ERASE_CAUSES = (
    update(points_entries)
    .where(
        points_entries.c.event == RECEIVED.name,
        or_(
            points_entries.c.member_id == ERASED,
            points_entries.c.source.in_(select(subject("thanks:", one.id)).where(one.giver_id == ERASED)),
        ),
    )
    .values(cause="")
)
TAKE_WORDS = update(thanks).where(or_(one.giver_id == ERASED, one.receiver_id == ERASED)).values(reason="")
TAKE_GIVER = update(thanks).where(one.giver_id == ERASED).values(giver_id=NOBODY, source=subject("erased:", one.id))
TAKE_RECEIVER = (
    update(thanks).where(one.receiver_id == ERASED).values(receiver_id=NOBODY, source=subject("erased:", one.id))
)
FEATURE = Feature(
    tables=(thanks,),
    personal=(
        Personal(220, "thanks_given", GIVEN),
        Personal(221, "thanks_received", GOT),
    ),
    erase_member=(ERASE_CAUSES, TAKE_WORDS, TAKE_GIVER, TAKE_RECEIVER),
    week=(WEEK,),
)
