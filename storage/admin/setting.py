"""Settings in the store."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    literal,
    or_,
    select,
)

from domain.admin.setting import Kept, Name, Scope, Where
from domain.ids import BranchId, MemberId
from domain.messaging.chat import Chat
from domain.table import Code
from storage.base import Id, metadata
from storage.dialects import upsert
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.people.branch import branches

settings = Table(
    "settings",
    metadata,
    Column("scope", String(16), primary_key=True),
    Column("scope_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

row = settings.c


def _above() -> Any:
    """A branch and what it is part of, with how far up each is."""
    start: Select[Any] = select(branches.c.id, branches.c.parent_id, literal(0).label("height")).where(
        branches.c.id == bindparam("branch", type_=Id)
    )
    line = start.cte("line", recursive=True)
    above = select(branches.c.id, branches.c.parent_id, line.c.height + 1)
    return line.union_all(above.join(line, branches.c.id == line.c.parent_id))


LINE = _above()
NEARNESS = case({scope.value: place for place, scope in enumerate(Scope)}, value=row.scope)
OVER: Select[Any] = (
    select(row.scope, row.scope_id, row.name, row.value)
    .outerjoin(LINE, and_(row.scope == Scope.BRANCH.value, row.scope_id == LINE.c.id))
    .where(
        or_(
            row.scope == Scope.ENTERPRISE.value,
            LINE.c.id.is_not(None),
            and_(row.scope == Scope.CHAT.value, row.scope_id == bindparam("chat", type_=Id)),
            and_(row.scope == Scope.MEMBER.value, row.scope_id == bindparam("member", type_=Id)),
        )
    )
    .order_by(NEARNESS, LINE.c.height)
)
THIS = (row.scope == bindparam("its_scope"), row.scope_id == bindparam("its_id"), row.name == bindparam("its_name"))
OWN = select(row.value).where(*THIS)
ALL = select(row.scope, row.scope_id, row.name, row.value).order_by(row.scope, row.scope_id, row.name)
OF_MEMBERS = select(row.scope_id, row.value).where(row.scope == Scope.MEMBER.value, row.name == bindparam("its_name"))
REMOVE = delete(settings).where(*THIS)
KEY = ("scope", "scope_id", "name")
PUT = upsert(settings, KEY, value=bindparam("new_value"))


class Settings:
    """See `domain.admin.setting.Settings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def over(self, *, member: MemberId | None, chat: Chat | None, branch: BranchId | None) -> list[Kept]:
        """All that is set for a person, a group, a branch and what it is part of, and the enterprise; nearest first."""
        values = {"member": member, "chat": chat and chat.id, "branch": branch}
        rows = self.connection.execute(OVER, values)
        return [Kept(Where(Scope(scope), id_), Name(name), value) for scope, id_, name, value in rows]

    def all(self) -> list[Kept]:
        """All that is set anywhere."""
        rows = self.connection.execute(ALL)
        return [Kept(Where(Scope(scope), id_), Name(name), value) for scope, id_, name, value in rows]

    def own(self, where: Where, name: Name) -> str | None:
        """What a place has set itself."""
        return self.connection.execute(OWN, _key(where, name)).scalar_one_or_none()

    def of_members(self, name: Name) -> dict[MemberId, str]:
        """What people have set for themselves, of one setting."""
        rows = self.connection.execute(OF_MEMBERS, {"its_name": name.value})
        return {MemberId(member): value for member, value in rows}

    def put(self, where: Where, name: Name, value: str) -> None:
        """Set a value in place of an earlier one."""
        line = {"scope": where.scope.value, "scope_id": where.id, "name": name.value, "value": value}
        self.connection.execute(PUT, {**line, "new_value": value})

    def remove(self, where: Where, name: Name) -> None:
        """Take it from above again."""
        self.connection.execute(REMOVE, _key(where, name))


def _key(where: Where, name: Name) -> dict[str, Any]:
    return {"its_scope": where.scope.value, "its_id": where.id, "its_name": name.value}


OWN_SETTINGS = (
    select(row.name, row.value).where(row.scope == Scope.MEMBER.value, row.scope_id == MEMBER).order_by(row.name)
)
FEATURE = Feature(
    tables=(settings,),
    personal=(Personal(700, "settings", OWN_SETTINGS, lambda line: tuple(map(Code, line))),),
    erase_member=(delete(settings).where(row.scope == Scope.MEMBER.value, row.scope_id == ERASED),),
)
