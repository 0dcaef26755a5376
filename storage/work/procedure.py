"""Procedures and their runs in the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from domain.ids import ChatId, MemberId, ProcedureId, RunId, RunStepId
from domain.work.procedure.data import of_procedure, to_procedure
from domain.work.procedure.model import Kept, Run, RunState, RunStep, StepState
from domain.work.procedure.template import Procedure
from domain.work.task import LinkKind
from storage.base import Id
from storage.feature import MEMBER, Feature, Personal, subject
from storage.work.procedure_tables import procedure_run_steps, procedure_runs, procedure_versions, procedures
from storage.work.task_history import links
from storage.work.task_tables import task_links, tasks

kept, version, run, step = (one.c for one in (procedures, procedure_versions, procedure_runs, procedure_run_steps))
NEWEST = select(kept.id, kept.group_id, kept.version, kept.sample, version.body).join(
    procedure_versions, and_(version.procedure_id == kept.id, version.version == kept.version)
)
GET = NEWEST.where(kept.id == bindparam("procedure"))
OF = NEWEST.where(
    or_(kept.group_id == bindparam("group", type_=Id), kept.group_id.is_(None)), kept.removed_at.is_(None)
).order_by(version.title, kept.id)
ADD = insert(procedures).returning(kept.id)
ADD_VERSION = insert(procedure_versions)
CHANGE = update(procedures).where(kept.id == bindparam("procedure")).values(version=bindparam("new_version"))
REMOVE = update(procedures).where(kept.id == bindparam("procedure")).values(removed_at=bindparam("at"))
RUNS = (
    select(
        run.id,
        run.procedure_id,
        kept.group_id.label("owner"),
        run.version,
        kept.sample,
        version.body,
        run.group_id,
        run.starter_id,
        run.started_at,
        run.about,
        run.event_on,
        run.state,
        run.ended_at,
    )
    .join(procedures, kept.id == run.procedure_id)
    .join(procedure_versions, and_(version.procedure_id == run.procedure_id, version.version == run.version))
)
RUN = RUNS.where(run.id == bindparam("run"))
STARTED_BY = RUNS.where(run.source == bindparam("source"))
RUN_OF = RUNS.join(procedure_run_steps, step.run_id == run.id).where(step.id == bindparam("step"))
GOING = RUNS.where(run.group_id == bindparam("group"), run.state == RunState.GOING.value).order_by(run.id)
STARTED = RUNS.where(
    run.starter_id == bindparam("member"), run.state.in_((RunState.GOING.value, RunState.DONE.value))
).order_by(run.id)
OWNED = (
    select(step.run_id)
    .join(task_links, and_(links.kind == LinkKind.STEP.value, links.number == step.id))
    .join(tasks, tasks.c.batch == links.batch)
    .where(tasks.c.owner_id == bindparam("member"), tasks.c.done_at.is_(None), step.state == StepState.OPEN.value)
)
OPEN_FOR = RUNS.where(run.id.in_(OWNED), run.state == RunState.GOING.value).order_by(run.id)
HAND_OVER = update(procedure_runs).where(run.id == bindparam("run")).values(starter_id=bindparam("member"))
STEPS = select(procedure_run_steps).where(step.run_id == bindparam("run")).order_by(step.place)
START = insert(procedure_runs).returning(run.id)
ADD_STEPS = insert(procedure_run_steps)
SAVED = ("state", "opened_at", "ended_at", "due_at", "stands_in")
SAVE_STEP = (
    update(procedure_run_steps)
    .where(step.id == bindparam("step"))
    .values({name: bindparam(f"new_{name}") for name in SAVED})
)
END = (
    update(procedure_runs)
    .where(run.id == bindparam("run"))
    .values(state=bindparam("new_state"), ended_at=bindparam("at"))
)
PASS_ON = tuple(
    update(table).where(column == bindparam("awaited")).values({column.name: bindparam("known")})
    for table, column in ((procedure_runs, run.starter_id), (procedure_versions, version.by_id))
)


class Procedures:
    """See `domain.work.procedure.model.Procedures`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _kept(self, statement: Any, **values: Any) -> list[Kept]:
        rows = self.connection.execute(statement, values)
        return [
            Kept(ProcedureId(id_), group and ChatId(group), number, to_procedure(body), sample)
            for id_, group, number, sample, body in rows
        ]

    def runs(self, statement: Any, **values: Any) -> list[Run]:
        """The runs that a statement finds."""
        return [self._to_run(row) for row in self.connection.execute(statement, values).all()]

    def _to_run(self, row: Sequence[Any]) -> Run:
        id_, number, owner, which, sample, body, group, starter, started_at, about, event_on, *end = row
        state, ended_at = end
        procedure = to_procedure(body)
        return Run(
            RunId(id_),
            Kept(ProcedureId(number), owner and ChatId(owner), which, procedure, sample),
            ChatId(group),
            MemberId(starter),
            started_at,
            tuple(self._steps(id_, procedure)),
            about,
            event_on,
            RunState(state),
            ended_at,
        )

    def _steps(self, number: int, procedure: Procedure) -> list[RunStep]:
        rows = self.connection.execute(STEPS, {"run": number})
        return [
            RunStep(
                RunStepId(row.id),
                procedure.steps[row.place],
                StepState(row.state),
                row.opened_at,
                row.ended_at,
                row.due_at,
                row.stands_in,
            )
            for row in rows
        ]

    def add(self, procedure: Procedure, group: ChatId | None, sample: str, by: MemberId | None, at: datetime) -> Kept:
        """Keep a new procedure as its first version."""
        values = {"group_id": group, "version": 1, "sample": sample, "removed_at": None}
        number = ProcedureId(self.connection.execute(ADD, values).scalar_one())
        made = Kept(number, group, 1, procedure, sample)
        self._add_version(made, by, "", at)
        return made

    def _add_version(self, made: Kept, by: MemberId | None, reason: str, at: datetime) -> None:
        values = {
            "procedure_id": made.id,
            "version": made.version,
            "title": made.procedure.title,
            "body": of_procedure(made.procedure),
            "reason": reason,
            "by_id": by,
            "at": at,
        }
        self.connection.execute(ADD_VERSION, values)

    def get(self, number: ProcedureId) -> Kept | None:
        """A procedure in its newest version, also one that is kept no longer."""
        return next(iter(self._kept(GET, procedure=number)), None)

    def of(self, group: ChatId | None) -> list[Kept]:
        """The procedures of a group and those of everybody, newest versions, by title; of `None` only the latter."""
        return self._kept(OF, group=group)

    def change(self, kept: Kept, by: MemberId | None, reason: str, at: datetime) -> None:
        """Add a version; those before stay with their runs."""
        self._add_version(kept, by, reason, at)
        self.connection.execute(CHANGE, {"procedure": kept.id, "new_version": kept.version})

    def remove(self, number: ProcedureId, at: datetime) -> None:
        """Keep a procedure no longer; its runs go on."""
        self.connection.execute(REMOVE, {"procedure": number, "at": at})

    def start(self, run: Run, source: str) -> Run:
        """Remember a run; its id and those of its steps are given now."""
        values = {
            "procedure_id": run.kept.id,
            "version": run.kept.version,
            "group_id": run.group,
            "starter_id": run.starter,
            "started_at": run.started_at,
            "about": run.about,
            "event_on": run.event_on,
            "state": run.state.value,
            "ended_at": run.ended_at,
            "source": source,
        }
        number = RunId(self.connection.execute(START, values).scalar_one())
        rows = [_row(number, place, one) for place, one in enumerate(run.steps)]
        self.connection.execute(ADD_STEPS, rows)
        return replace(run, id=number, steps=tuple(self._steps(number, run.kept.procedure)))

    def started_by(self, source: str) -> Run | None:
        """The run that a form has started."""
        return next(iter(self.runs(STARTED_BY, source=source)), None)

    def run(self, number: RunId) -> Run | None:
        """One run."""
        return next(iter(self.runs(RUN, run=number)), None)

    def run_of(self, step: RunStepId) -> Run | None:
        """The run that has a step."""
        return next(iter(self.runs(RUN_OF, step=step)), None)

    def going(self, group: ChatId) -> list[Run]:
        """The runs of a group that go on, the oldest first."""
        return self.runs(GOING, group=group)

    def started(self, member: MemberId) -> list[Run]:
        """The runs that go on, or wait for a word about what they have taught, and that somebody has started."""
        return self.runs(STARTED, member=member)

    def open_for(self, member: MemberId) -> list[Run]:
        """The runs with an open step that somebody does."""
        return self.runs(OPEN_FOR, member=member)

    def hand_over(self, run: RunId, member: MemberId) -> None:
        """Let a run be somebody else's from now on, as if they had started it."""
        self.connection.execute(HAND_OVER, {"run": run, "member": member})

    def save_step(self, step: RunStep) -> None:
        """Remember what has changed about a step."""
        values = {f"new_{name}": getattr(step, name) for name in SAVED}
        self.connection.execute(SAVE_STEP, {"step": step.id, **values})

    def end(self, run: Run) -> None:
        """Remember how and when a run has ended."""
        self.connection.execute(END, {"run": run.id, "new_state": run.state.value, "at": run.ended_at})

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has started is now another's."""
        for statement in PASS_ON:
            self.connection.execute(statement, {"awaited": awaited, "known": known})


def _row(run: RunId, place: int, one: RunStep) -> dict[str, Any]:
    return {"run_id": run, "place": place, **{name: getattr(one, name) for name in SAVED}}


OWN_RUNS = (
    select(version.title, run.about, run.started_at, run.ended_at)
    .select_from(procedure_runs)
    .join(procedure_versions, and_(version.procedure_id == run.procedure_id, version.version == run.version))
    .where(run.starter_id == MEMBER)
    .order_by(run.id)
)
NUMBERED = "kept under a number: what the branch has done stays right"
FEATURE = Feature(
    tables=(procedures, procedure_versions, procedure_runs, procedure_run_steps),
    personal=(Personal(320, "procedure_runs", OWN_RUNS, texts="procedure"),),
    not_erased={"procedure_runs": NUMBERED, "procedure_versions": NUMBERED},
    open_subjects=(select(subject("procedure_run:", run.id)).where(run.state == RunState.GOING.value),),
)
