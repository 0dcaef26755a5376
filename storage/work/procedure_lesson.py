"""What runs of procedures have taught, in the store."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    String,
    Table,
    Text,
    bindparam,
    exists,
    insert,
    or_,
    select,
    update,
)

from domain.ids import MemberId, ProcedureId, RunId
from domain.work.procedure.lesson import Change, Lesson, Verdict, Way
from domain.work.procedure.model import Run, RunState
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, MEMBER, Feature, Personal
from storage.work.procedure import RUNS, Procedures, run

procedure_lessons = Table(
    "procedure_lessons",
    metadata,
    Column("run_id", Id, ForeignKey("procedure_runs.id"), primary_key=True, autoincrement=False),
    Column("procedure_id", Id, ForeignKey("procedures.id"), nullable=False, index=True),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("good", Text, nullable=False),
    Column("stuck", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("way", String(16)),
    Column("step_key", String(16)),
    Column("verdict", String(16)),
)

lesson = procedure_lessons.c
LESSONS = select(procedure_lessons)
OF_RUN = LESSONS.where(lesson.run_id == bindparam("run"))
SAYS_SOMETHING = or_(lesson.good != "", lesson.stuck != "", lesson.other != "")
OF = (
    LESSONS.where(lesson.procedure_id == bindparam("procedure"), SAYS_SOMETHING)
    .order_by(lesson.run_id.desc())
    .limit(bindparam("limit"))
)
AWAITED = RUNS.where(
    run.starter_id == bindparam("member"),
    run.state == RunState.DONE.value,
    run.ended_at >= bindparam("since"),
    ~exists().where(lesson.run_id == run.id),
).order_by(run.id)
WAITING = (
    LESSONS.where(lesson.way.is_not(None), lesson.verdict.is_(None)).order_by(lesson.run_id).limit(bindparam("limit"))
)
ADD = insert(procedure_lessons)
DECIDE = update(procedure_lessons).where(lesson.run_id == bindparam("run")).values(verdict=bindparam("new_verdict"))
PASS_ON = update(procedure_lessons).where(lesson.by_id == bindparam("awaited")).values(by_id=bindparam("known"))


def _to_lesson(row: Any) -> Lesson:
    return Lesson(
        RunId(row.run_id),
        ProcedureId(row.procedure_id),
        MemberId(row.by_id),
        row.at,
        row.good,
        row.stuck,
        row.other,
        Change(Way(row.way), row.step_key) if row.way else None,
        Verdict(row.verdict) if row.verdict else None,
    )


class Lessons:
    """See `domain.work.procedure.lesson.Lessons`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Lesson]:
        return [_to_lesson(row) for row in self.connection.execute(statement, values)]

    def add(self, lesson: Lesson) -> None:
        """Remember one; a run has one at most."""
        values = {
            "run_id": lesson.run,
            "procedure_id": lesson.procedure,
            "by_id": lesson.by,
            "at": lesson.at,
            "good": lesson.good,
            "stuck": lesson.stuck,
            "other": lesson.other,
            "way": lesson.change and lesson.change.way.value,
            "step_key": lesson.change and lesson.change.key,
            "verdict": lesson.verdict and lesson.verdict.value,
        }
        self.connection.execute(ADD, values)

    def of_run(self, run: RunId) -> Lesson | None:
        """That of a run."""
        return next(iter(self._all(OF_RUN, run=run)), None)

    def decide(self, run: RunId, verdict: Verdict) -> None:
        """Say what became of a proposal."""
        self.connection.execute(DECIDE, {"run": run, "new_verdict": verdict.value})

    def of(self, procedure: ProcedureId, limit: int) -> Sequence[Lesson]:
        """Those of a procedure that say something, the newest first."""
        return self._all(OF, procedure=procedure, limit=limit)

    def awaited(self, member: MemberId, since: datetime) -> Sequence[Run]:
        """The runs that somebody has started, which were done since a moment and have taught nothing yet."""
        return Procedures(self.connection).runs(AWAITED, member=member, since=since)

    def waiting(self, limit: int) -> Sequence[Lesson]:
        """Those with a proposal that waits to be decided, the oldest first."""
        return self._all(WAITING, limit=limit)

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has said is now another's."""
        self.connection.execute(PASS_ON, {"awaited": awaited, "known": known})


OWN = select(lesson.at, lesson.good, lesson.stuck, lesson.other).where(lesson.by_id == MEMBER).order_by(lesson.run_id)
FEATURE = Feature(
    tables=(procedure_lessons,),
    personal=(Personal(322, "procedure_lessons", OWN, texts="procedure"),),
    erase_member=(
        update(procedure_lessons).where(lesson.by_id == ERASED).values(good="", stuck="", other="", way=None),
    ),
)
