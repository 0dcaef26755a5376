"""Honours in the store."""

from collections.abc import Sequence
from datetime import datetime
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
    bindparam,
    insert,
    select,
    update,
)

from domain.ids import BranchId, ChatId, HonourId, MemberId
from domain.points.honour.model import Honour
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import within
from storage.feature import ERASED, GROUP, MEMBER, Feature, Personal
from storage.people.branch import branches
from storage.people.member import columns, members, to_member

honours = Table(
    "honours",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("member_id", Id, ForeignKey("members.id")),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("citation", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("giver_id", Id, ForeignKey("members.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Column("withdrawn_at", Moment),
    Column("withdrawn_by", Id, ForeignKey("members.id")),
    Column("withdrawn_for", Text),
    Index(None, "member_id"),
    Index(None, "group_id", "at"),
)

one = honours.c
HONOURS: Select[Any] = (
    select(
        one.id,
        one.group_id,
        one.title,
        one.branch_id,
        branches.c.name,
        one.citation,
        one.issuer,
        one.giver_id,
        one.day,
        one.at,
        one.withdrawn_at,
        one.withdrawn_for,
        *columns(members),
    )
    .outerjoin(members, members.c.id == one.member_id)
    .outerjoin(branches, branches.c.id == one.branch_id)
)
GET = HONOURS.where(one.id == bindparam("number"))
OF_SOURCE = HONOURS.where(one.source == bindparam("source"))
STANDING = HONOURS.where(one.withdrawn_at.is_(None))
LAST_FIRST = (one.at.desc(), one.id.desc())
OF_MEMBER = STANDING.where(one.member_id == bindparam("member")).order_by(*LAST_FIRST).limit(bindparam("limit"))
OF_GROUP = STANDING.where(one.group_id == GROUP).order_by(*LAST_FIRST).limit(bindparam("limit"))
IN_SPAN = STANDING.where(one.group_id == GROUP, *within(one.at)).order_by(one.at, one.id).limit(bindparam("most"))
ADD = insert(honours).returning(one.id)
WITHDRAW = (
    update(honours)
    .where(one.id == bindparam("number"), one.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("moment"), withdrawn_by=bindparam("by"), withdrawn_for=bindparam("reason"))
)
HAND_OVER = update(honours).where(one.member_id == bindparam("awaited")).values(member_id=bindparam("known"))


def to_honour(row: Sequence[Any]) -> Honour:
    """A row of HONOURS as the domain's."""
    id_, group, title, branch, called, citation, issuer, giver, day, at, withdrawn_at, withdrawn_for, *who = row
    return Honour(
        id=HonourId(id_),
        group=ChatId(group),
        title=title,
        member=to_member(who) if who[0] is not None else None,
        branch=None if branch is None else BranchId(branch),
        branch_name=called or "",
        citation=citation,
        issuer=issuer,
        giver=MemberId(giver),
        day=day,
        at=at,
        withdrawn_at=withdrawn_at,
        withdrawn_for=withdrawn_for or "",
    )


class Honours:
    """See `domain.points.honour.Honours`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Honour]:
        return [to_honour(row) for row in self.connection.execute(statement, values)]

    def add(self, honour: Honour, source: str) -> Honour:
        """Remember an honour; its id is given now."""
        values = {
            "group_id": honour.group,
            "title": honour.title,
            "member_id": honour.member and honour.member.id,
            "branch_id": honour.branch,
            "citation": honour.citation,
            "issuer": honour.issuer,
            "giver_id": honour.giver,
            "day": honour.day,
            "at": honour.at,
            "source": source,
        }
        return self._all(GET, number=self.connection.execute(ADD, values).scalar_one())[0]

    def get(self, number: HonourId) -> Honour | None:
        """One honour, also one that was withdrawn."""
        return next(iter(self._all(GET, number=number)), None)

    def of_source(self, source: str) -> Honour | None:
        """The honour that was given by a form."""
        return next(iter(self._all(OF_SOURCE, source=source)), None)

    def withdraw(self, number: HonourId, by: MemberId, reason: str, at: datetime) -> None:
        """It holds no more."""
        self.connection.execute(WITHDRAW, {"number": number, "by": by, "reason": reason, "moment": at})

    def of_member(self, member: MemberId, limit: int) -> list[Honour]:
        """What somebody holds, the newest first."""
        return self._all(OF_MEMBER, member=member, limit=limit)

    def of_group(self, group: ChatId, limit: int) -> list[Honour]:
        """What was given in a group and holds, the newest first."""
        return self._all(OF_GROUP, group=group, limit=limit)

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Honour]:
        """What was given in a group between two moments and holds, oldest first."""
        return self._all(IN_SPAN, group=group, since=since, until=until, most=most)

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """What a stand-in holds is their account's."""
        self.connection.execute(HAND_OVER, {"awaited": awaited, "known": known})


OWN = (
    select(one.at, one.title, one.citation, one.issuer, one.withdrawn_at)
    .where(one.member_id == MEMBER)
    .order_by(one.id)
)
GIVEN = select(one.at, one.title, one.citation).where(one.giver_id == MEMBER).order_by(one.id)
# The title stays under a number, as the branch's record; what was said of the person goes.
TAKE_WORDS = update(honours).where(one.member_id == ERASED).values(citation="", withdrawn_for=None)
FEATURE = Feature(
    tables=(honours,),
    personal=(Personal(230, "honours", OWN), Personal(231, "honours_given", GIVEN)),
    erase_member=(TAKE_WORDS,),
    lasting_subjects=("honour:%",),  # the announcement says so when an honour is withdrawn after years
)
