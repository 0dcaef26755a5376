"""Applications for items of the scheme in the store."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import ApplicationId, BranchId, ChatId, MemberId
from domain.points.application import Application, File, State
from domain.points.application.model import STANDING, Place
from domain.table import Code
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.people.member import columns, members, to_member

applications = Table(
    "applications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("item", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("ending", String(8), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("points", Integer),
    Column("source", Text, nullable=False, unique=True),
    Column("changed_by", Id, ForeignKey("members.id")),
    Column("changed_at", Moment, nullable=False),
    Index(None, "member_id", "state"),
    Index(None, "state", "at"),
)
application = applications.c
ROWS: Select[Any] = select(
    application.id,
    application.group_id,
    application.branch_id,
    application.item,
    application.text,
    application.file,
    application.ending,
    application.day,
    application.at,
    application.state,
    application.reason,
    application.points,
    *columns(members),
).join(members, members.c.id == application.member_id)
IS_OPEN = application.state == State.OPEN.value
ADD = insert(applications).returning(application.id)
ONE = ROWS.where(application.id == bindparam("number"))
MADE_BY = ROWS.where(application.source == bindparam("source"))
OPEN_OF = (
    ROWS.where(IS_OPEN, application.member_id == bindparam("member")).order_by(application.id).limit(bindparam("most"))
)
GROUP = case((application.branch_id.is_(None), application.group_id))
PLACES = select(application.branch_id, GROUP).where(IS_OPEN).distinct()
WAITING = (
    ROWS.where(
        IS_OPEN,
        or_(
            application.branch_id.in_(bindparam("branches", expanding=True)),
            and_(application.branch_id.is_(None), application.group_id.in_(bindparam("groups", expanding=True))),
        ),
    )
    .order_by(application.at, application.id)
    .limit(bindparam("most"))
)
HAS = select(func.count()).where(
    application.member_id == bindparam("member"),
    application.state.in_([one.value for one in STANDING]),
    application.item == bindparam("item"),
    application.text == bindparam("text"),
    application.day == bindparam("day"),
)
CHANGED = ("state", "reason", "points", "changed_by", "changed_at")
ANSWER = (
    update(applications)
    .where(application.id == bindparam("number"), IS_OPEN)
    .values({name: bindparam(f"new_{name}", type_=application[name].type) for name in CHANGED})
)
HAND_OVER = (
    update(applications)
    .where(application.member_id == bindparam("awaited"))
    .values(member_id=bindparam("known", type_=Id))
)


def to_application(row: Sequence[Any]) -> Application:
    """A row of ROWS as the domain's."""
    id_, group, branch, item, text, file, ending, day, at, state, reason, points, *by = row
    return Application(
        ApplicationId(id_),
        to_member(by),
        ChatId(group),
        None if branch is None else BranchId(branch),
        item,
        text,
        File(ending, file) if file else None,
        day,
        at,
        State(state),
        reason,
        points,
    )


class Applications:
    """See `domain.points.application.Applications`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, application: Application, source: str) -> Application:
        """Remember a new one; its id is given now."""
        file = application.file or File("", "")
        values = {
            "member_id": application.by.id,
            "group_id": application.group,
            "branch_id": application.branch,
            "item": application.item,
            "text": application.text,
            "file": file.id,
            "ending": file.ending,
            "day": application.day,
            "at": application.at,
            "state": application.state.value,
            "reason": application.reason,
            "points": application.points,
            "source": source,
            "changed_at": application.at,
        }
        number = self.connection.execute(ADD, values).scalar_one()
        return to_application(self.connection.execute(ONE, {"number": number}).one())

    def made_by(self, source: str) -> Application | None:
        """The one that a form has made."""
        row = self.connection.execute(MADE_BY, {"source": source}).one_or_none()
        return to_application(row) if row else None

    def get(self, number: ApplicationId) -> Application | None:
        """One application, if there is such a one."""
        row = self.connection.execute(ONE, {"number": number}).one_or_none()
        return to_application(row) if row else None

    def open_of(self, member: MemberId, most: int) -> list[Application]:
        """Somebody's own that wait, the oldest first."""
        return [to_application(row) for row in self.connection.execute(OPEN_OF, {"member": member, "most": most})]

    def has(self, member: MemberId, item: str, text: str, day: date) -> bool:
        """Whether the same stands that was applied for on a day in the same words."""
        values = {"member": member, "item": item, "text": text, "day": day}
        return bool(self.connection.execute(HAS, values).scalar_one())

    def places(self) -> list[Place]:
        """Where some wait."""
        rows = self.connection.execute(PLACES)
        return [
            Place(None if branch is None else BranchId(branch), None if group is None else ChatId(group))
            for branch, group in rows
        ]

    def waiting(self, places: Collection[Place], most: int) -> list[Application]:
        """Those that wait in some places, the oldest first."""
        branches = [one.branch for one in places if one.branch is not None]
        groups = [one.group for one in places if one.group is not None]
        rows = self.connection.execute(WAITING, {"branches": branches, "groups": groups, "most": most})
        return [to_application(row) for row in rows]

    def answer(self, application: Application, by: MemberId | None, at: datetime) -> bool:
        """Remember what became of one that waits. False where somebody else has answered it."""
        values = {
            "number": application.id,
            "new_state": application.state.value,
            "new_reason": application.reason,
            "new_points": application.points,
            "new_changed_by": by,
            "new_changed_at": at,
        }
        return self.connection.execute(ANSWER, values).rowcount == 1

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one: what the first has applied for is the other's."""
        self.connection.execute(HAND_OVER, {"awaited": awaited, "known": known})


OWN = (
    select(
        application.at,
        application.item,
        application.text,
        application.state,
        application.points,
        application.reason,
        application.changed_at,
    )
    .where(application.member_id == MEMBER)
    .order_by(application.id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """An application, with its state in words."""
    at, item, text, state, *rest = line
    return at, item, text, Code(f"application.{state}"), *rest


FEATURE = Feature(
    tables=(applications,),
    personal=(Personal(245, "applications", OWN, _told, texts="application"),),
    erase_member=(
        update(applications).where(application.member_id == ERASED).values(text="", file="", ending="", reason=""),
    ),
)
