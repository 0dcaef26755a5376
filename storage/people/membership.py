"""Which members are in which groups, in the store."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    select,
    true,
    update,
)

from domain.admin.seal import Key
from domain.ids import ChatId, MemberId
from domain.messaging.chat import Chat
from domain.people.member import Known, Member, Origin
from storage.admin.seal import Sealing
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import batch, upsert
from storage.feature import ERASED, ERASED_AT, MEMBER, Feature, Personal
from storage.messaging.chat import ADMITTED, chats, to_chat
from storage.messaging.chat import COLUMNS as CHAT
from storage.people.member import Members, columns, members, to_member
from storage.people.tables import people
from storage.prepared import Prepared

memberships = Table(
    "memberships",
    metadata,
    Column("group_id", Id, ForeignKey("chats.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("joined_at", Moment, nullable=False),
    Column("left_at", Moment),
    Column("spoke", Boolean, nullable=False, server_default=false()),
    Column("mac", String(64)),
    Index(None, "member_id", "joined_at"),
)

IN_GROUP = (memberships.c.group_id == bindparam("chat"), memberships.c.left_at.is_(None))
asked = batch("origins", number=Integer(), chat=BigInteger(), person=BigInteger())
KNOWN = Prepared(
    select(asked.c.number, memberships.c.member_id, people.c.left_on, *CHAT, *columns(members))
    .select_from(asked)
    .outerjoin(chats, chats.c.platform_id == asked.c.chat)
    .outerjoin(members, members.c.platform_id == asked.c.person)
    .outerjoin(
        memberships,
        (memberships.c.group_id == chats.c.id)
        & (memberships.c.member_id == members.c.id)
        & memberships.c.left_at.is_(None)
        & memberships.c.spoke,
    )
    .outerjoin(people, people.c.member_id == members.c.id)
)
OF = select(*columns(members)).join(memberships).where(*IN_GROUP).order_by(memberships.c.joined_at, members.c.id)
GONE = select(memberships.c.member_id).where(
    memberships.c.group_id == bindparam("chat"), memberships.c.left_at.is_not(None)
)
IS_IN = select(memberships.c.member_id).where(*IN_GROUP, memberships.c.member_id == bindparam("member"))
HOW_MANY = select(func.count()).select_from(memberships).join(members).where(*IN_GROUP, members.c.platform_id > 0)
CALLED = OF.where(members.c.name == bindparam("name"))
HAS_SPOKEN = (memberships.c.member_id == bindparam("member"), memberships.c.left_at.is_(None), memberships.c.spoke)
LAST_CAME = (
    select(memberships.c.group_id)
    .join(chats, chats.c.id == memberships.c.group_id)
    .where(*HAS_SPOKEN, *ADMITTED)
    .order_by(memberships.c.joined_at.desc(), memberships.c.group_id)
    .limit(1)
)
# Of several groups of one branch the one that they came to last, in which they have spoken; else the first.
OF_OWN_BRANCH = (
    select(chats.c.id)
    .join(people, people.c.branch_id == chats.c.branch_id)
    .outerjoin(memberships, and_(memberships.c.group_id == chats.c.id, *HAS_SPOKEN))
    .where(people.c.member_id == bindparam("member"), people.c.left_on.is_(None), *ADMITTED)
    .order_by(memberships.c.joined_at.desc().nulls_last(), chats.c.id)
    .limit(1)
)
HOME = select(func.coalesce(OF_OWN_BRANCH.scalar_subquery(), LAST_CAME.scalar_subquery()))
GROUPS_OF = (
    select(*CHAT)
    .join(memberships, memberships.c.group_id == chats.c.id)
    .where(*HAS_SPOKEN, *ADMITTED)
    .order_by(chats.c.id)
    .limit(bindparam("most"))
)
FIRST_OR_AGAIN = case(
    (memberships.c.left_at.is_(None), memberships.c.joined_at), else_=literal_column("excluded.joined_at")
)
JOIN = upsert(
    memberships,
    ("group_id", "member_id"),
    left_at=None,
    joined_at=FIRST_OR_AGAIN,
    mac=literal_column("excluded.mac"),
)
SPEAK = upsert(
    memberships,
    ("group_id", "member_id"),
    left_at=None,
    joined_at=FIRST_OR_AGAIN,
    spoke=true(),
    mac=literal_column("excluded.mac"),
)
MARKS = select(memberships.c.group_id, memberships.c.member_id, memberships.c.mac).order_by(
    memberships.c.group_id, memberships.c.member_id
)
MARK = (
    update(memberships)
    .where(memberships.c.group_id == bindparam("chat"), memberships.c.member_id == bindparam("member"))
    .values(mac=bindparam("new_mac"))
)
LEAVE = (
    update(memberships)
    .where(memberships.c.group_id == bindparam("chat"), memberships.c.member_id == bindparam("member"))
    .values(left_at=bindparam("at"))
)


def _to_known(joined: int | None, left_on: date | None, cells: Sequence[Any]) -> Known:
    chat, member = cells[: len(CHAT)], cells[len(CHAT) :]
    return Known(
        to_chat(chat) if chat[0] is not None else None,
        to_member(member) if member[0] is not None else None,
        joined is not None,
        left_on,
    )


def mark_of(key: Key, chat: int, member: int) -> str:
    """The mark of a membership that the program has written."""
    return key.mac("membership", chat, member)


class MembersInGroups(Members):
    """See `domain.people.member.Members`."""

    def __init__(self, connection: Connection, sealing: Sealing | None = None) -> None:
        super().__init__(connection)
        self.sealing = sealing or Sealing()

    def known(self, origins: Sequence[Origin]) -> list[Known]:
        """Who speaks and where, as far as they are known: all in one statement, since every update asks."""
        asked = [
            {"number": number, "chat": one.chat.platform_id, "person": one.person.platform_id}
            for number, one in enumerate(origins)
        ]
        rows = KNOWN(self.connection, {"origins": orjson.dumps(asked).decode()})
        found = {number: _to_known(joined, left_on, cells) for number, joined, left_on, *cells in rows}
        return [found[number] for number in range(len(origins))]

    def called(self, chat: ChatId, name: str) -> list[Member]:
        """The members of a chat whose display name is exactly this."""
        return [to_member(row) for row in self.connection.execute(CALLED, {"chat": chat, "name": name})]

    def join(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member is in a group; no matter how often."""
        values = {"group_id": chat, "member_id": member, "joined_at": at, "mac": self._mark(chat, member)}
        self.connection.execute(JOIN, values)

    def _mark(self, chat: ChatId, member: MemberId) -> str | None:
        key = self.sealing.key
        return None if key is None else mark_of(key, chat, member)

    def stray(self, key: Key) -> list[tuple[ChatId, MemberId]]:
        """Memberships that this program has not written with its key."""
        rows = self.connection.execute(MARKS)
        return [(ChatId(chat), MemberId(who)) for chat, who, mac in rows if mac != mark_of(key, chat, who)]

    def mark_all(self, key: Key) -> None:
        """Take the memberships that there are for written with a key."""
        marks = [{"chat": chat, "member": who, "new_mac": mark_of(key, chat, who)} for chat, who in self.stray(key)]
        if marks:
            self.connection.execute(MARK, marks)

    def speak(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member has spoken in a group, and so is in it; no matter how often."""
        mac = self._mark(chat, member)
        values = {"group_id": chat, "member_id": member, "joined_at": at, "spoke": True, "mac": mac}
        self.connection.execute(SPEAK, values)

    def leave(self, chat: ChatId, member: MemberId, at: datetime) -> None:
        """Note that a member has left a group."""
        self.connection.execute(LEAVE, {"chat": chat, "member": member, "at": at})

    def of(self, chat: ChatId) -> list[Member]:
        """A group's members as far as they are known, oldest first."""
        return [to_member(row) for row in self.connection.execute(OF, {"chat": chat})]

    def gone(self, chat: ChatId) -> set[MemberId]:
        """The members who have left a group."""
        return {MemberId(one) for one in self.connection.execute(GONE, {"chat": chat}).scalars()}

    def is_in(self, chat: ChatId, member: MemberId) -> bool:
        """Whether a member is known to be in a group."""
        return self.connection.execute(IS_IN, {"chat": chat, "member": member}).first() is not None

    def how_many(self, chat: ChatId) -> int:
        """How many people are known to be in a group."""
        return int(self.connection.execute(HOW_MANY, {"chat": chat}).scalar_one())

    def home(self, member: MemberId) -> ChatId | None:
        """The group where a member belongs."""
        return self.connection.execute(HOME, {"member": member}).scalar_one_or_none()

    def groups_of(self, member: MemberId, most: int) -> list[Chat]:
        """The active, admitted groups that a member has spoken in and is in, in the order in which they were met."""
        return [to_chat(row) for row in self.connection.execute(GROUPS_OF, {"member": member, "most": most})]


OWN_GROUPS = (
    select(chats.c.title, memberships.c.joined_at.label("since"), memberships.c.left_at.label("until"))
    .join(chats, chats.c.id == memberships.c.group_id)
    .where(memberships.c.member_id == MEMBER)
    .order_by(memberships.c.joined_at)
)
LEAVE_GROUPS = (
    update(memberships)
    .where(memberships.c.member_id == ERASED, memberships.c.left_at.is_(None))
    .values(left_at=ERASED_AT)
)
FEATURE = Feature(
    tables=(memberships,),
    personal=(Personal(140, "groups", OWN_GROUPS),),
    erase_member=(LEAVE_GROUPS,),
    lasting_subjects=("welcome:%",),  # a group may press the welcome's buttons after years
)
