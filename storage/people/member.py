"""Members in the store, whatever groups they are in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    FromClause,
    Index,
    String,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from domain.ids import ChatId, MemberId
from domain.people.member import Member, PersonProfile
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal

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


def columns(table: FromClause) -> list[Any]:
    """What `to_member` takes, of the table or an alias of it."""
    own = table.c
    return [own.id, own.platform_id, own.name, own.username, own.language, own.private, own.chosen_language]


KEPT = ("platform_id", "name", "username", "language", "private", "chosen_language")
GET = select(*columns(members)).where(members.c.id == bindparam("member"))
FIND = select(*columns(members)).where(members.c.platform_id == bindparam("platform_id"))
NAMED = (
    select(*columns(members))
    .where(func.lower(members.c.username) == func.lower(bindparam("username")))
    .order_by(members.c.platform_id.is_(None), members.c.id.desc())
    .limit(1)
)
SEVERAL = select(*columns(members)).where(members.c.id.in_(bindparam("members", expanding=True)))
NAMESAKES = (
    select(*columns(members))
    .where(members.c.name == bindparam("name"), members.c.platform_id > 0)
    .order_by(members.c.id)
    .limit(2)
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


def to_member(row: Sequence[Any]) -> Member:
    """A row of `columns` as the domain's."""
    id_, platform_id, name, username, language, private, chosen = row
    return Member(MemberId(id_), platform_id, name, username, language, private and ChatId(private), chosen)


class Members:
    """See `domain.people.member.Members`; in which groups they are, `storage.people.membership` adds."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, statement: Any, **values: Any) -> Member | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_member(row) if row else None

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

    def close_private(self, chat: ChatId) -> None:
        """Whoever had this chat with the bot for their own has none any more."""
        self.connection.execute(CLOSE_PRIVATE, {"chat": chat})


ACCOUNT = select(
    members.c.platform_id,
    members.c.name,
    members.c.username,
    members.c.language,
    members.c.chosen_language,
    members.c.met_at.label("since"),
).where(members.c.id == MEMBER)


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
FEATURE = Feature(
    tables=(members,),
    personal=(Personal(100, "account", ACCOUNT, _told),),
    erase_member=(ERASE_ACCOUNT,),
)
