"""Appeals in the store, and who was asked for the answers."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from domain.ids import AppealId, MemberId
from domain.points.appeal import Appeal, Level, State
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.points.tables import points_entries

appeals = Table(
    "appeals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("entry_id", Id, ForeignKey("points_entries.id")),
    Column("text", Text, nullable=False),
    Column("level", String(16), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Id, ForeignKey("members.id")),
    Column("answered_at", Moment),
    Index(None, "member_id", "made_at"),
    Index(None, "state", "due_on"),
)
appeal_answerers = Table(
    "appeal_answerers",
    metadata,
    Column("appeal_id", Id, ForeignKey("appeals.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Index(None, "member_id"),
)
appeal, answerer, entry = appeals.c, appeal_answerers.c, points_entries.c
COLUMNS = (
    appeal.id,
    appeal.member_id,
    appeal.entry_id,
    appeal.text,
    appeal.level,
    appeal.made_at,
    appeal.due_on,
    appeal.state,
    appeal.answer,
    appeal.answered_by,
    appeal.answered_at,
)
IS_OPEN = appeal.state == State.OPEN.value
ADD = insert(appeals).returning(appeal.id)
ONE: Select[Any] = select(*COLUMNS).where(appeal.id == bindparam("number"))
SAVE = (
    update(appeals)
    .where(appeal.id == bindparam("number"))
    .values(
        level=bindparam("new_level"),
        due_on=bindparam("new_due_on"),
        state=bindparam("new_state"),
        answer=bindparam("new_answer"),
        answered_by=bindparam("new_by", type_=Id),
        answered_at=bindparam("new_at", type_=Moment),
    )
)
OPEN_OF: Select[Any] = select(*COLUMNS).where(IS_OPEN, appeal.member_id == bindparam("member")).order_by(appeal.id)
HAS_ASKED = select(func.count()).where(appeal.member_id == bindparam("member"), appeal.entry_id == bindparam("entry"))
SINCE = select(func.count()).where(appeal.member_id == bindparam("member"), appeal.made_at >= bindparam("since"))
ANSWERERS = select(answerer.member_id).where(answerer.appeal_id == bindparam("number")).order_by(answerer.member_id)
FORGET = delete(appeal_answerers).where(answerer.appeal_id == bindparam("number"))
ASK = insert(appeal_answerers)
WAITING: Select[Any] = (
    select(*COLUMNS)
    .join(appeal_answerers, answerer.appeal_id == appeal.id)
    .where(IS_OPEN, answerer.member_id == bindparam("member"))
    .order_by(appeal.due_on, appeal.id)
)
OVERDUE: Select[Any] = (
    select(*COLUMNS)
    .where(IS_OPEN, appeal.level == Level.SECRETARY.value, appeal.due_on < bindparam("day"))
    .order_by(appeal.id)
)
WITHIN = (
    select(func.count())
    .select_from(appeals.outerjoin(points_entries, entry.id == appeal.entry_id))
    .where(
        IS_OPEN,
        or_(appeal.entry_id.is_(None), and_(entry.day >= bindparam("first"), entry.day <= bindparam("last"))),
    )
)


def to_appeal(row: Sequence[Any]) -> Appeal:
    """A row of COLUMNS as the domain's."""
    number, member, about, text, level, made_at, due_on, state, answer, by, answered_at = row
    by = None if by is None else MemberId(by)
    key = AppealId(number)
    return Appeal(
        key, MemberId(member), about, text, Level(level), made_at, due_on, State(state), answer, by, answered_at
    )


class Appeals:
    """See `domain.points.appeal.Appeals`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, appeal: Appeal) -> Appeal:
        """Remember an appeal; its id is given now."""
        values = {
            "member_id": appeal.member,
            "entry_id": appeal.entry,
            "text": appeal.text,
            "level": appeal.level,
            "made_at": appeal.made_at,
            "due_on": appeal.due_on,
            "state": appeal.state,
            "answer": appeal.answer,
        }
        return replace(appeal, id=AppealId(self.connection.execute(ADD, values).scalar_one()))

    def get(self, appeal: AppealId) -> Appeal | None:
        """One appeal, if there is such a one."""
        row = self.connection.execute(ONE, {"number": appeal}).one_or_none()
        return to_appeal(row) if row else None

    def save(self, appeal: Appeal) -> None:
        """Remember what has changed about an appeal."""
        values = {
            "number": appeal.id,
            "new_level": appeal.level,
            "new_due_on": appeal.due_on,
            "new_state": appeal.state,
            "new_answer": appeal.answer,
            "new_by": appeal.answered_by,
            "new_at": appeal.answered_at,
        }
        self.connection.execute(SAVE, values)

    def open_of(self, member: MemberId) -> list[Appeal]:
        """A member's appeals that wait for their answers, oldest first."""
        return self._all(OPEN_OF, member=member)

    def has_asked(self, member: MemberId, entry: int) -> bool:
        """Whether a member has asked about an item before."""
        return bool(self.connection.execute(HAS_ASKED, {"member": member, "entry": entry}).scalar_one())

    def since(self, member: MemberId, at: datetime) -> int:
        """How many a member has made since a moment."""
        return int(self.connection.execute(SINCE, {"member": member, "since": at}).scalar_one())

    def answerers(self, appeal: AppealId) -> list[MemberId]:
        """Who was asked for the answer."""
        return [MemberId(one) for one in self.connection.execute(ANSWERERS, {"number": appeal}).scalars()]

    def ask(self, appeal: AppealId, members: Iterable[MemberId]) -> None:
        """Note who is asked for the answer; whoever was before is not any more."""
        self.connection.execute(FORGET, {"number": appeal})
        rows = [{"appeal_id": appeal, "member_id": one} for one in members]
        if rows:
            self.connection.execute(ASK, rows)

    def waiting_for(self, member: MemberId) -> list[Appeal]:
        """What waits for a member's answer, the first due first."""
        return self._all(WAITING, member=member)

    def overdue(self, day: date) -> list[Appeal]:
        """What secretaries had to answer before a day and did not."""
        return self._all(OVERDUE, day=day)

    def open_within(self, first: date, last: date) -> int:
        """How many are open about entries of a span of days, or about something that is missing."""
        return int(self.connection.execute(WITHIN, {"first": first, "last": last}).scalar_one())

    def _all(self, statement: Select[Any], **values: Any) -> list[Appeal]:
        return [to_appeal(row) for row in self.connection.execute(statement, values)]


OWN = (
    select(appeal.made_at.label("at"), appeal.text, appeal.answer, appeal.answered_at)
    .where(appeal.member_id == MEMBER)
    .order_by(appeal.id)
)
ERASE = update(appeals).where(appeal.member_id == ERASED).values(text="", answer="")
CLOSE = update(appeals).where(appeal.member_id == ERASED, IS_OPEN).values(state=State.ERASED.value)
FEATURE = Feature(
    tables=(appeals, appeal_answerers),
    personal=(Personal(250, "appeals", OWN, texts="appeal"),),
    not_shown={"appeal_answerers": "who was asked for an answer; the appeal is shown to the one who asked"},
    erase_member=(ERASE, CLOSE),
    not_erased={
        "appeal_answerers": "kept under a number: who was asked",
    },
    open_subjects=(
        select(subject("appeal:", answerer.appeal_id, ":", answerer.member_id))
        .join(appeals, appeal.id == answerer.appeal_id)
        .where(IS_OPEN),
    ),
)
