"""Evidence of results, and who helps with tasks, in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    bindparam,
    delete,
    or_,
    select,
    update,
)

from domain.ids import EvidenceId, MemberId, TaskId
from domain.messaging.message import Attached, AttachedKind
from domain.people.member import Member
from domain.table import Code
from domain.work.task import Task
from domain.work.task.evidence import Evidence, EvidenceKind
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.people.member import columns, members, to_member
from storage.work.task_rows import OPEN, task, to_task
from storage.work.task_tables import tasks

task_evidence = Table(
    "task_evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("task_id", Id, ForeignKey("tasks.id"), index=True),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("album", Text, nullable=False),
    Column("source", Text, nullable=False, unique=True),
    Index(None, "by_id", "task_id"),
)
task_helpers = Table(
    "task_helpers",
    metadata,
    Column("batch", Id, ForeignKey("tasks.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True, index=True),
)
evidence, helper = task_evidence.c, task_helpers.c

PUT = insert_new(task_evidence, ("source",))
REWORD = update(task_evidence).where(evidence.source == bindparam("of_source")).values(text=bindparam("new_text"))
ROWS = select(task_evidence)
IN_ORDER = evidence.id
KEPT = ROWS.where(evidence.source == bindparam("of_source"))
OF = ROWS.where(evidence.task_id == bindparam("task")).order_by(IN_ORDER)
OF_SINCE = OF.where(evidence.at >= bindparam("since"))
IS_LOOSE = evidence.task_id.is_(None)
ALBUM = (
    ROWS.where(evidence.by_id == bindparam("by"), evidence.album == bindparam("of_album")).order_by(IN_ORDER).limit(1)
)
LOOSE = ROWS.where(evidence.by_id == bindparam("by"), IS_LOOSE).order_by(IN_ORDER)
SETTLE = update(task_evidence).where(evidence.by_id == bindparam("by"), IS_LOOSE).values(task_id=bindparam("task"))
DROP_LOOSE = delete(task_evidence).where(evidence.by_id == bindparam("by"), IS_LOOSE, evidence.at < bindparam("before"))
DROP = delete(task_evidence).where(
    evidence.task_id == bindparam("task"),
    evidence.by_id == bindparam("by"),
    or_(bindparam("since", type_=Moment).is_(None), evidence.at >= bindparam("since", type_=Moment)),
)
HAND_OVER = (
    update(task_evidence).where(evidence.by_id == bindparam("awaited")).values(by_id=bindparam("known", type_=Id))
)
ADD_HELPERS = insert_new(task_helpers, ("batch", "member_id"))
HELPERS = (
    select(*columns(members))
    .join(task_helpers, helper.member_id == members.c.id)
    .where(helper.batch == bindparam("batch"))
    .order_by(members.c.id)
)
HELPED_BATCHES = select(helper.batch).where(helper.member_id == bindparam("member", type_=Id))
DROP_HELPER = delete(task_helpers).where(helper.member_id == bindparam("awaited"))
HELPED_BY = OPEN.where(task.batch.in_(HELPED_BATCHES)).limit(bindparam("limit"))


def to_evidence(row: Any) -> Evidence:
    """A row of ROWS as the domain's."""
    kind = EvidenceKind(row.kind)
    return Evidence(
        EvidenceId(row.id),
        None if row.task_id is None else TaskId(row.task_id),
        MemberId(row.by_id),
        row.at,
        kind,
        row.source,
        row.text,
        Attached(AttachedKind(kind.value), row.file) if row.file else None,
        row.name,
        row.album,
    )


class Evidences:
    """See `domain.work.task.evidence.Evidences`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Evidence]:
        return [to_evidence(row) for row in self.connection.execute(statement, values)]

    def put(self, evidence: Evidence) -> bool:
        """Keep a piece; of a message that was edited its words. False where the message was kept before."""
        values = {
            "task_id": evidence.task,
            "by_id": evidence.by,
            "at": evidence.at,
            "kind": evidence.kind.value,
            "text": evidence.text,
            "file": "" if evidence.file is None else evidence.file.id,
            "name": evidence.name,
            "album": evidence.album,
            "source": evidence.source,
        }
        if self.connection.execute(PUT, values).rowcount == 1:
            return True
        self.connection.execute(REWORD, {"of_source": evidence.source, "new_text": evidence.text})
        return False

    def of(self, task: TaskId, since: datetime | None) -> list[Evidence]:
        """The evidence of a task that came after a moment, oldest first."""
        return self._all(OF, task=task) if since is None else self._all(OF_SINCE, task=task, since=since)

    def kept(self, source: str) -> Evidence | None:
        """The piece that a message has brought."""
        return next(iter(self._all(KEPT, of_source=source)), None)

    def album(self, by: MemberId, album: str) -> Evidence | None:
        """The first piece of an album of somebody."""
        return next(iter(self._all(ALBUM, by=by, of_album=album)), None)

    def loose(self, by: MemberId) -> list[Evidence]:
        """What somebody has sent without saying for which task."""
        return self._all(LOOSE, by=by)

    def settle(self, by: MemberId, task: TaskId) -> int:
        """All that is loose of somebody is for a task; how many pieces."""
        return self.connection.execute(SETTLE, {"by": by, "task": task}).rowcount

    def drop_loose(self, by: MemberId, before: datetime) -> None:
        """Forget what somebody has sent before a moment without saying what for."""
        self.connection.execute(DROP_LOOSE, {"by": by, "before": before})

    def drop(self, task: TaskId, by: MemberId, since: datetime | None) -> int:
        """Forget what somebody has handed in for a task after a moment; how many pieces."""
        return self.connection.execute(DROP, {"task": task, "by": by, "since": since}).rowcount

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Two members are one."""
        self.connection.execute(HAND_OVER, {"awaited": awaited, "known": known})
        for (batch,) in self.connection.execute(HELPED_BATCHES, {"member": awaited}).all():
            self.add_helpers(TaskId(batch), [known])
        self.connection.execute(DROP_HELPER, {"awaited": awaited})

    def add_helpers(self, batch: TaskId, helpers: Sequence[MemberId]) -> None:
        """Say who helps with the tasks of a command."""
        for one in helpers:
            self.connection.execute(ADD_HELPERS, {"batch": batch, "member_id": one})

    def helpers(self, batch: TaskId) -> list[Member]:
        """Who helps with the tasks of a command."""
        return [to_member(row) for row in self.connection.execute(HELPERS, {"batch": batch})]

    def helped_by(self, member: MemberId, limit: int) -> list[Task]:
        """The open tasks that somebody helps with, the next deadline first."""
        return [to_task(row) for row in self.connection.execute(HELPED_BY, {"member": member, "limit": limit})]


OWN = (
    select(evidence.at, evidence.task_id.label("number"), tasks.c.title, evidence.kind, evidence.text, evidence.name)
    .join(tasks, tasks.c.id == evidence.task_id, isouter=True)
    .where(evidence.by_id == MEMBER)
    .order_by(IN_ORDER)
)
OWN_HELP = (
    select(tasks.c.id.label("number"), tasks.c.title, tasks.c.due_at)
    .join(task_helpers, helper.batch == tasks.c.id)
    .where(helper.member_id == MEMBER, tasks.c.withdrawn_at.is_(None))
    .order_by(tasks.c.id)
)


def _told(line: Sequence[Any]) -> tuple[Any, ...]:
    """A piece of evidence, with its kind in words."""
    at, number, title, kind, *rest = line
    return at, number, title, Code(f"task_review.{kind}"), *rest


FEATURE = Feature(
    tables=(task_evidence, task_helpers),
    personal=(
        Personal(302, "task_evidence", OWN, _told, texts="task_review"),
        Personal(304, "task_helpers", OWN_HELP, texts="task_review"),
    ),
    erase_member=(
        update(task_evidence).where(evidence.by_id == ERASED).values(text="", file="", name="", album=""),
        delete(task_helpers).where(helper.member_id == ERASED),
    ),
)
