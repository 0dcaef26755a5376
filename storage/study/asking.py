"""What people are being asked in private, in the store: one sheet for a person and an occasion."""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from domain.ids import ChatId, MemberId, QuestionId, SheetId
from domain.study.asking.sheet import Sheet
from domain.study.attempt import Occasion, OccasionKind
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.feature import ERASED, MEMBER, Feature, Personal, subject

study_sheets = Table(
    "study_sheets",
    metadata,
    Column("id", Id, primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False),
    Column("occasion", String(16), nullable=False),
    Column("occasion_id", Id, nullable=False),
    Column("group_id", Id, ForeignKey("chats.id")),
    Column("chat_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("question_id", Id, nullable=False),
    Column("version", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("given", Json, nullable=False),
    Column("answered", Boolean, nullable=False),
    UniqueConstraint("member_id", "occasion", "occasion_id"),
)

sheet = study_sheets.c
OF_MEMBER = sheet.member_id == bindparam("member")
GET = select(study_sheets).where(sheet.id == bindparam("sheet"))
OF = select(study_sheets).where(
    OF_MEMBER, sheet.occasion == bindparam("kind"), sheet.occasion_id == bindparam("number")
)
ADD = insert(study_sheets).returning(sheet.id)
SAVE = (
    update(study_sheets)
    .where(sheet.id == bindparam("sheet"))
    .values(
        chat_id=bindparam("new_chat", type_=Id),
        question_id=bindparam("new_question", type_=Id),
        version=bindparam("new_version"),
        asked_at=bindparam("new_asked_at"),
        given=bindparam("new_given"),
        answered=bindparam("new_answered"),
    )
)
DROP = delete(study_sheets).where(OF_MEMBER)


def to_sheet(row: Any) -> Sheet:
    """A row as the domain's."""
    return Sheet(
        SheetId(row.id),
        MemberId(row.member_id),
        ChatId(row.chat_id),
        Occasion(OccasionKind(row.occasion), row.occasion_id, row.group_id and ChatId(row.group_id)),
        QuestionId(row.question_id),
        row.version,
        row.asked_at,
        tuple(row.given),
        row.answered,
    )


class Sheets:
    """See `domain.study.asking.sheet.Sheets`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _one(self, statement: Any, **values: Any) -> Sheet | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_sheet(row) if row else None

    def get(self, sheet: SheetId) -> Sheet | None:
        """One of them."""
        return self._one(GET, sheet=sheet)

    def of(self, member: MemberId, kind: OccasionKind, id_: int) -> Sheet | None:
        """What somebody is asked on an occasion."""
        return self._one(OF, member=member, kind=kind.value, number=id_)

    def add(self, sheet: Sheet) -> Sheet:
        """Remember a new one; its id is given now."""
        values = {
            "member_id": sheet.member,
            "occasion": sheet.occasion.kind.value,
            "occasion_id": sheet.occasion.id,
            "group_id": sheet.occasion.group,
            "chat_id": sheet.chat,
            "question_id": sheet.question,
            "version": sheet.version,
            "asked_at": sheet.asked_at,
            "given": list(sheet.given),
            "answered": sheet.is_answered,
        }
        number = SheetId(self.connection.execute(ADD, values).scalar_one())
        return replace(sheet, id=number)

    def save(self, sheet: Sheet) -> None:
        """Remember what has changed."""
        values = {
            "sheet": sheet.id,
            "new_chat": sheet.chat,
            "new_question": sheet.question,
            "new_version": sheet.version,
            "new_asked_at": sheet.asked_at,
            "new_given": list(sheet.given),
            "new_answered": sheet.is_answered,
        }
        self.connection.execute(SAVE, values)

    def drop(self, member: MemberId) -> None:
        """Somebody is asked nothing any more."""
        self.connection.execute(DROP, {"member": member})


OWN = select(sheet.occasion, sheet.given, sheet.asked_at).where(sheet.member_id == MEMBER).order_by(sheet.id)
FEATURE = Feature(
    tables=(study_sheets,),
    personal=(Personal(432, "study_sheets", OWN, texts="asking"),),
    erase_member=(delete(study_sheets).where(sheet.member_id == ERASED),),
    open_subjects=(select(subject("sheet:", sheet.id)),),
)
