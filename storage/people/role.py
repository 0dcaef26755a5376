"""Roles in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    insert,
    literal,
    null,
    or_,
    select,
    true,
    update,
)

from domain.ids import BranchId, ChatId, GrantId, MemberId
from domain.messaging.chat import Chat
from domain.people.branch import BranchKind
from domain.people.member import Member
from domain.people.permission import Area, Held, Role
from domain.people.role import Grant
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import MEMBER, Feature, Personal
from storage.messaging.chat import chats
from storage.people.branch import branches
from storage.people.member import columns, members, to_member
from storage.people.tables import people

grants = Table(
    "grants",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("chat_id", Id, ForeignKey("chats.id")),
    Column("granted_by", Id, ForeignKey("members.id")),
    Column("granted_at", Moment, nullable=False),
    Column("revoked_by", Id, ForeignKey("members.id")),
    Column("revoked_at", Moment),
    Index(None, "member_id", "revoked_at"),
    Index(None, "role", "revoked_at"),
)

grant = grants.c
STANDS = grant.revoked_at.is_(None)
EVERYWHERE = and_(grant.branch_id.is_(None), grant.chat_id.is_(None))


def _above() -> Any:
    """The branch of a group and what it is part of; `own` are those whose secretary leads the group.

    That is the branch itself, and while it is a 党小组 what that is part of.
    """
    start: Select[Any] = select(branches.c.id, branches.c.parent_id, branches.c.kind, literal(1).label("own")).where(
        branches.c.id == bindparam("branch", type_=Id)
    )
    line = start.cte("line", recursive=True)
    still_own = case((and_(line.c.own == 1, line.c.kind == BranchKind.GROUP.value), 1), else_=0)
    above = select(branches.c.id, branches.c.parent_id, branches.c.kind, still_own)
    return line.union_all(above.join(line, branches.c.id == line.c.parent_id))


LINE = _above()
OVER_THE_GROUP = or_(EVERYWHERE, grant.chat_id == bindparam("chat", type_=Id), grant.branch_id.in_(select(LINE.c.id)))
LEADS = and_(
    grant.role == Role.SECRETARY.value,
    or_(grant.chat_id == bindparam("chat", type_=Id), grant.branch_id.in_(select(LINE.c.id).where(LINE.c.own == 1))),
)
LEFT_ON = select(people.c.left_on).where(people.c.member_id == MEMBER).scalar_subquery()
ONE = select(literal(1).label("one")).subquery()


def _held(which: Any, leads: Any) -> Select[Any]:
    """One row at least, so that `left_on` comes with nothing held too."""
    mine = grant.member_id == MEMBER
    leading = case((and_(grant.id.is_not(None), leads), 1), else_=0)
    found = ONE.outerjoin(grants, and_(STANDS, which))
    return select(LEFT_ON, mine, grant.role, grant.branch_id, grant.chat_id, leading).select_from(found)


HELD_OVER_GROUP = _held(and_(OVER_THE_GROUP, or_(grant.member_id == MEMBER, LEADS)), LEADS)
HELD = _held(grant.member_id == MEMBER, ~true())
WHERE = case((grant.branch_id.is_not(None), branches.c.name), (grant.chat_id.is_not(None), chats.c.title), else_=null())
GRANTS: Select[Any] = (
    select(grant.id, grant.role, grant.branch_id, grant.chat_id, grant.granted_by, WHERE, *columns(members))
    .select_from(grants)
    .join(members, members.c.id == grant.member_id)
    .outerjoin(branches, branches.c.id == grant.branch_id)
    .outerjoin(chats, chats.c.id == grant.chat_id)
    .where(STANDS)
    .order_by(grant.id)
)
GET = GRANTS.where(grant.id == bindparam("grant"))
OF = GRANTS.where(grant.member_id == bindparam("member"))
OF_BRANCH = GRANTS.where(grant.branch_id == bindparam("its_branch"))
ALL = GRANTS.where(grant.id > bindparam("after")).limit(bindparam("limit"))
OVER = ALL.where(OVER_THE_GROUP)
ADD = insert(grants).returning(grant.id)
END = (
    update(grants)
    .where(grant.id == bindparam("grant"), STANDS)
    .values(revoked_by=bindparam("by", type_=Id), revoked_at=bindparam("at", type_=grant.revoked_at.type))
)
BY_HAND = (grant.branch_id.is_not(None), grant.granted_by.is_(None), grant.revoked_by.is_not(None))
WITHDRAWN_BY_HAND = select(grant.member_id, grant.role, grant.branch_id).where(*BY_HAND)
ENDED_BY_HAND = WITHDRAWN_BY_HAND.where(
    grant.member_id == bindparam("member"), grant.role == bindparam("role"), grant.branch_id == bindparam("branch")
).limit(1)
ADMINISTRATORS = (
    select(*columns(members))
    .distinct()
    .join(grants, grant.member_id == members.c.id)
    .outerjoin(people, people.c.member_id == members.c.id)
    .where(
        STANDS,
        EVERYWHERE,
        grant.role == Role.ADMINISTRATOR.value,
        members.c.platform_id.is_not(None),
        people.c.left_on.is_(None),
    )
    .order_by(members.c.id)
)


def to_area(branch: int | None, chat: int | None) -> Area:
    """Two columns as the domain's."""
    return Area(None if branch is None else BranchId(branch), None if chat is None else ChatId(chat))


def to_grant(row: Sequence[Any]) -> Grant:
    """A row of GRANTS as the domain's."""
    id_, role, branch, chat, by, where, *who = row
    return Grant(GrantId(id_), to_member(who), Role(role), to_area(branch, chat), by and MemberId(by), where)


class Grants:
    """See `domain.people.role.Grants`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def held(self, member: MemberId, chat: Chat) -> Held:
        """What somebody holds at a place."""
        if chat.is_group:
            place = {"member": member, "chat": chat.id, "branch": chat.branch}
            rows = self.connection.execute(HELD_OVER_GROUP, place).all()
        else:
            rows = self.connection.execute(HELD, {"member": member}).all()
        mine = [(Role(role), to_area(branch, group)) for _, own, role, branch, group, _ in rows if own]
        return Held(tuple(mine), any(leads for *_, leads in rows), rows[0][0])

    def _many(self, statement: Any, **values: Any) -> list[Grant]:
        return [to_grant(row) for row in self.connection.execute(statement, values)]

    def get(self, grant: GrantId) -> Grant | None:
        """One that stands."""
        return next(iter(self._many(GET, grant=grant)), None)

    def of(self, member: MemberId) -> list[Grant]:
        """All that somebody has."""
        return self._many(OF, member=member)

    def of_branch(self, branch: BranchId) -> list[Grant]:
        """Those over a branch itself."""
        return self._many(OF_BRANCH, its_branch=branch)

    def over(self, group: Chat, after: int, limit: int) -> list[Grant]:
        """Those over a group, behind an id."""
        return self._many(OVER, chat=group.id, branch=group.branch, after=after, limit=limit)

    def all(self, after: int, limit: int) -> list[Grant]:
        """All of the enterprise, behind an id."""
        return self._many(ALL, after=after, limit=limit)

    def add(self, member: Member, role: Role, area: Area, by: MemberId | None, at: datetime) -> GrantId:
        """Give a role."""
        values = {
            "member_id": member.id,
            "role": role.value,
            "branch_id": area.branch,
            "chat_id": area.group,
            "granted_by": by,
            "granted_at": at,
        }
        return GrantId(self.connection.execute(ADD, values).scalar_one())

    def end(self, grant: GrantId, by: MemberId | None, at: datetime) -> None:
        """It holds no more."""
        self.connection.execute(END, {"grant": grant, "by": by, "at": at})

    def withdrawn_by_hand(self) -> set[tuple[MemberId, Role, BranchId]]:
        """All roles over branches that a roster gave and somebody has withdrawn."""
        rows = self.connection.execute(WITHDRAWN_BY_HAND)
        return {(MemberId(member), Role(role), BranchId(branch)) for member, role, branch in rows}

    def ended_by_hand(self, member: MemberId, role: Role, area: Area) -> bool:
        """Whether somebody has withdrawn this very role that the roster gave."""
        values = {"member": member, "role": role.value, "branch": area.branch}
        return self.connection.execute(ENDED_BY_HAND, values).first() is not None

    def administrators(self) -> list[Member]:
        """Who may do everything everywhere."""
        return [to_member(row) for row in self.connection.execute(ADMINISTRATORS)]


OWN_ROLES = (
    select(
        grant.role, branches.c.name.label("branch"), grant.granted_at.label("since"), grant.revoked_at.label("until")
    )
    .outerjoin(branches, branches.c.id == grant.branch_id)
    .where(grant.member_id == MEMBER)
    .order_by(grant.id)
)
FEATURE = Feature(
    tables=(grants,),
    personal=(Personal(150, "roles", OWN_ROLES, lambda line: (Code(line[0]), *line[1:])),),
    not_erased={"grants": "who could do what has to be known; whoever erases somebody ends their roles first"},
)
