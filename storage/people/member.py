"""Members in the store."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    false,
    func,
    insert,
    literal_column,
    select,
    text,
    true,
    update,
)

from domain.admin.seal import Key
from domain.ids import ChatId, MemberId
from domain.messaging.chat import Chat
from domain.people.member import Known, Member, Origin, PersonProfile
from domain.table import Code
from storage.admin.seal import Sealing
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import batch, upsert
from storage.feature import ERASED, ERASED_AT, MEMBER, Feature, Personal
from storage.messaging.chat import ADMITTED, chats, to_chat
from storage.messaging.chat import COLUMNS as CHAT
from storage.people.tables import people
from storage.prepared import Prepared

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("platform_id", BigInteger, unique=True),
    Column("name", Text, nullable=False),
    Column("username", Text),
    Column("language", String(16)),
    Column("private", Id, ForeignKey("chats.id")),
    Column("met_at", Moment, nullable=False),
    Column("chosen_language", String(8)),
)
Index("ix_members_username", text("lower(username)"), _table=members)

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


def columns(table: FromClause) -> list[Any]:
    """What `to_member` takes, of the table or an alias of it."""
    own = table.c
    return [own.id, own.platform_id, own.name, own.username, own.language, own.private, own.chosen_language]


KEPT = ("platform_id", "name", "username", "language", "private", "chosen_language")
IN_GROUP = (memberships.c.group_id == bindparam("chat"), memberships.c.left_at.is_(None))
GET = select(*columns(members)).where(members.c.id == bindparam("member"))
FIND = select(*columns(members)).where(members.c.platform_id == bindparam("platform_id"))
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
NAMED = (
    select(*columns(members))
    .where(func.lower(members.c.username) == func.lower(bindparam("username")))
    .order_by(members.c.platform_id.is_(None), members.c.id.desc())
    .limit(1)
)
OF = select(*columns(members)).join(memberships).where(*IN_GROUP).order_by(memberships.c.joined_at, members.c.id)
SEVERAL = select(*columns(members)).where(members.c.id.in_(bindparam("members", expanding=True)))
GONE = select(memberships.c.member_id).where(
    memberships.c.group_id == bindparam("chat"), memberships.c.left_at.is_not(None)
)
IS_IN = select(memberships.c.member_id).where(*IN_GROUP, memberships.c.member_id == bindparam("member"))
HOW_MANY = select(func.count()).select_from(memberships).join(members).where(*IN_GROUP, members.c.platform_id > 0)
CALLED = OF.where(members.c.name == bindparam("name"))
NAMESAKES = (
    select(*columns(members))
    .where(members.c.name == bindparam("name"), members.c.platform_id > 0)
    .order_by(members.c.id)
    .limit(2)
)
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
    .where(
        *HAS_SPOKEN,
        *ADMITTED,
    )
    .order_by(chats.c.id)
    .limit(bindparam("most"))
)
ADD = insert(members).returning(members.c.id)
ADD_MANY = insert(members).returning(members.c.id, sort_by_parameter_order=True)
FREE_USERNAME = (
    update(members)
    .where(func.lower(members.c.username) == func.lower(bindparam("taken")), members.c.id != bindparam("member"))
    .values(username=None)
)
SAVE = (
    update(members).where(members.c.id == bindparam("member")).values({name: bindparam(f"new_{name}") for name in KEPT})
)
CLOSE_PRIVATE = update(members).where(members.c.private == bindparam("chat")).values(private=None)
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


def to_member(row: Sequence[Any]) -> Member:
    """A row of `columns` as the domain's."""
    id_, platform_id, name, username, language, private, chosen = row
    return Member(MemberId(id_), platform_id, name, username, language, private and ChatId(private), chosen)


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


class Members:
    """See `domain.people.member.Members`."""

    def __init__(self, connection: Connection, sealing: Sealing | None = None) -> None:
        self.connection = connection
        self.sealing = sealing or Sealing()

    def _one(self, statement: Any, **values: Any) -> Member | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_member(row) if row else None

    def known(self, origins: Sequence[Origin]) -> list[Known]:
        """Who speaks and where, as far as they are known: all in one statement, since every update asks."""
        asked = [
            {"number": number, "chat": one.chat.platform_id, "person": one.person.platform_id}
            for number, one in enumerate(origins)
        ]
        rows = KNOWN(self.connection, {"origins": json.dumps(asked)})
        found = {number: _to_known(joined, left_on, cells) for number, joined, left_on, *cells in rows}
        return [found[number] for number in range(len(origins))]

    def get(self, member: MemberId) -> Member:
        """One member."""
        return to_member(self.connection.execute(GET, {"member": member}).one())

    def look_up(self, member: MemberId) -> Member | None:
        """One member, if there is such a one."""
        return self._one(GET, member=member)

    def several(self, wanted: Sequence[MemberId]) -> list[Member]:
        """Several members, in this order."""
        rows = self.connection.execute(SEVERAL, {"members": list(wanted)}) if wanted else ()
        found = {member.id: member for member in map(to_member, rows)}
        return [found[one] for one in wanted]

    def find(self, platform_id: int) -> Member | None:
        """The member with the platform's id."""
        return self._one(FIND, platform_id=platform_id)

    def named(self, username: str) -> Member | None:
        """The member with a user name, in any case of letters; one who has spoken goes before one awaited."""
        return self._one(NAMED, username=username)

    def called(self, chat: ChatId, name: str) -> list[Member]:
        """The members of a chat whose display name is exactly this."""
        return [to_member(row) for row in self.connection.execute(CALLED, {"chat": chat, "name": name})]

    def namesakes(self, name: str) -> list[Member]:
        """Everybody who has spoken whose display name is exactly this."""
        return [to_member(row) for row in self.connection.execute(NAMESAKES, {"name": name})]

    def add(self, profile: PersonProfile, at: datetime) -> Member:
        """Remember somebody who was not known."""
        return self._add(profile.platform_id, profile.name, profile.username, profile.language, at)

    def await_username(self, username: str, at: datetime) -> Member:
        """Keep a place for somebody of whom only the user name is known."""
        return self._add(None, f"@{username}", username, None, at)

    def await_named(self, names: Sequence[str], at: datetime) -> list[Member]:
        """Add stand-ins for people known only by their name."""
        if not names:
            return []
        rest = {"platform_id": None, "username": None, "language": None, "private": None, "met_at": at}
        ids = self.connection.execute(ADD_MANY, [{"name": name, **rest} for name in names]).scalars()
        return [Member(MemberId(one), None, name, None, None) for one, name in zip(ids, names, strict=True)]

    def _add(
        self, platform_id: int | None, name: str, username: str | None, language: str | None, at: datetime
    ) -> Member:
        values = {"platform_id": platform_id, "name": name, "username": username, "language": language}
        member = MemberId(self.connection.execute(ADD, {**values, "private": None, "met_at": at}).scalar_one())
        if username:
            self.connection.execute(FREE_USERNAME, {"taken": username, "member": member})
        return Member(member, platform_id, name, username, language)

    def save(self, member: Member) -> None:
        """Remember what has changed about a member; a user name belongs to one person at a time."""
        if member.username:
            self.connection.execute(FREE_USERNAME, {"taken": member.username, "member": member.id})
        values = {f"new_{name}": getattr(member, name) for name in KEPT}
        self.connection.execute(SAVE, {"member": member.id, **values})

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
        rows = [(chat, who) for chat, who, mac in self.connection.execute(MARKS) if mac != mark_of(key, chat, who)]
        if rows:
            marks = [{"chat": chat, "member": who, "new_mac": mark_of(key, chat, who)} for chat, who in rows]
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

    def close_private(self, chat: ChatId) -> None:
        """Whoever had this chat with the bot for their own has none any more."""
        self.connection.execute(CLOSE_PRIVATE, {"chat": chat})

    def home(self, member: MemberId) -> ChatId | None:
        """The group where a member belongs."""
        return self.connection.execute(HOME, {"member": member}).scalar_one_or_none()

    def groups_of(self, member: MemberId, most: int) -> list[Chat]:
        """The active, admitted groups that a member has spoken in and is in, in the order in which they were met."""
        return [to_chat(row) for row in self.connection.execute(GROUPS_OF, {"member": member, "most": most})]


ACCOUNT = select(
    members.c.platform_id,
    members.c.name,
    members.c.username,
    members.c.language,
    members.c.chosen_language,
    members.c.met_at.label("since"),
).where(members.c.id == MEMBER)
OWN_GROUPS = (
    select(chats.c.title, memberships.c.joined_at.label("since"), memberships.c.left_at.label("until"))
    .join(chats, chats.c.id == memberships.c.group_id)
    .where(memberships.c.member_id == MEMBER)
    .order_by(memberships.c.joined_at)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An account, with languages by their names."""
    platform_id, name, username, language, chosen, since = line
    return platform_id, name, username, _language(language), _language(chosen), since


def _language(code: str | None) -> Code | None:
    """A language by its name; the platform's codes may go on behind a dash."""
    return Code(code.partition("-")[0]) if code else None


ERASE_ACCOUNT = (
    update(members)
    .where(members.c.id == ERASED)
    .values(platform_id=None, name="", username=None, language=None, chosen_language=None, private=None)
)
LEAVE_GROUPS = (
    update(memberships)
    .where(memberships.c.member_id == ERASED, memberships.c.left_at.is_(None))
    .values(left_at=ERASED_AT)
)
FEATURE = Feature(
    tables=(members, memberships),
    personal=(
        Personal(100, "account", ACCOUNT, _told),
        Personal(140, "groups", OWN_GROUPS),
    ),
    erase_member=(ERASE_ACCOUNT, LEAVE_GROUPS),
    lasting_subjects=("welcome:%",),  # a group may press the welcome's buttons after years
)
