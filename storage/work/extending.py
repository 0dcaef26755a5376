"""Requests for extensions in the store."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from domain.ids import ExtensionId, MemberId, TaskId
from domain.work.task.extension import Extension, State
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal, subject
from storage.work.task_rows import task
from storage.work.task_tables import tasks

task_extensions = Table(
    "task_extensions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("member_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("was", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), index=True),
    Column("answered_at", Moment),
    Column("answer", Text, nullable=False, server_default=""),
    Index(None, "task_id", "state"),
)
one = task_extensions.c
COLUMNS = (
    one.id,
    one.task_id,
    one.member_id,
    one.was,
    one.due_at,
    one.reason,
    one.asked_at,
    one.state,
    one.by_id,
    one.answered_at,
    one.answer,
)
IS_OPEN = one.state == State.OPEN.value
ADD = insert(task_extensions).returning(one.id)
GET: Select[Any] = select(*COLUMNS).where(one.id == bindparam("number"))
OPEN_FOR: Select[Any] = select(*COLUMNS).where(one.task_id == bindparam("task"), IS_OPEN).order_by(one.id).limit(1)
WAITING: Select[Any] = (
    select(*COLUMNS)
    .join(tasks, task.id == one.task_id)
    .where(task.giver_id == bindparam("giver"), task.done_at.is_(None), task.withdrawn_at.is_(None), IS_OPEN)
    .order_by(one.was, one.id)
    .limit(bindparam("most"))
)
SAVE = (
    update(task_extensions)
    .where(one.id == bindparam("number"))
    .values(
        state=bindparam("new_state"),
        by_id=bindparam("new_by", type_=Id),
        answered_at=bindparam("new_at", type_=Moment),
        answer=bindparam("new_answer"),
    )
)


def to_extension(row: Sequence[Any]) -> Extension:
    """A row of COLUMNS as the domain's."""
    number, task_id, member, was, due_at, reason, asked_at, state, by, answered_at, answer = row
    return Extension(
        ExtensionId(number),
        TaskId(task_id),
        MemberId(member),
        was,
        due_at,
        reason,
        asked_at,
        State(state),
        None if by is None else MemberId(by),
        answered_at,
        answer,
    )


class Extensions:
    """See `domain.work.task.extension.Extensions`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, extension: Extension) -> Extension:
        """Remember a request; its id is given now."""
        values = {
            "task_id": extension.task,
            "member_id": extension.member,
            "was": extension.was,
            "due_at": extension.due_at,
            "reason": extension.reason,
            "asked_at": extension.asked_at,
            "state": extension.state,
        }
        return replace(extension, id=ExtensionId(self.connection.execute(ADD, values).scalar_one()))

    def get(self, number: ExtensionId) -> Extension | None:
        """One request."""
        return self._one(GET, number=number)

    def save(self, extension: Extension) -> None:
        """Remember what has become of a request."""
        values = {
            "number": extension.id,
            "new_state": extension.state,
            "new_by": extension.by,
            "new_at": extension.answered_at,
            "new_answer": extension.answer,
        }
        self.connection.execute(SAVE, values)

    def open_for(self, task: TaskId) -> Extension | None:
        """The request about a task that waits for its answer."""
        return self._one(OPEN_FOR, task=task)

    def waiting(self, giver: MemberId, most: int) -> list[Extension]:
        """The open requests about open tasks that somebody has given, the first deadline first."""
        return [to_extension(row) for row in self.connection.execute(WAITING, {"giver": giver, "most": most})]

    def _one(self, statement: Select[Any], **values: Any) -> Extension | None:
        row = self.connection.execute(statement, values).one_or_none()
        return to_extension(row) if row else None


OWN = (
    select(one.task_id.label("number"), one.asked_at.label("at"), one.due_at, one.reason, one.answer)
    .where(one.member_id == MEMBER)
    .order_by(one.id)
)
ERASE = update(task_extensions).where(one.member_id == ERASED).values(reason="", answer="")
CLOSE = update(task_extensions).where(one.member_id == ERASED, IS_OPEN).values(state=State.OVER.value)
FEATURE = Feature(
    tables=(task_extensions,),
    personal=(Personal(315, "task_extensions", OWN, texts="extending"),),
    erase_member=(ERASE, CLOSE),
    open_subjects=(select(subject("extension:", one.id)).where(IS_OPEN),),
)
