"""Follow-ups of overdue tasks, in the store."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    func,
    select,
)

from domain.ids import MemberId, TaskId
from domain.work.follow.model import Followed, FollowUp, Level
from domain.work.task import Happening
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import upsert, within
from storage.feature import GROUP, MEMBER, Feature, Personal
from storage.work.task_rows import IN_HAND, TASKS, task, to_task
from storage.work.task_tables import task_events, tasks

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("due_at", Moment, nullable=False),
    Column("step", Integer, nullable=False),
    Column("level", String(16)),
    Column("escalated_at", Moment),
    Column("warned_on", Date),
    Column("next_level", String(16)),
    Column("measure", Text, nullable=False, server_default=""),
    Column("measured_by", Id, ForeignKey("members.id"), index=True),
    Column("measured_at", Moment),
    Column("closed_at", Moment),
    Column("closed_by", Id, ForeignKey("members.id"), index=True),
)

row = follow_ups.c
COLUMNS = tuple(row)
WITH_TASK: Select[Any] = TASKS.add_columns(*COLUMNS).where(task.done_at.is_(None))
CANDIDATES = (
    WITH_TASK.outerjoin(follow_ups, row.task_id == task.id)
    .where(task.remind_at.is_not(None), task.due_at < bindparam("until"), row.closed_at.is_(None), IN_HAND)
    .order_by(task.group_id, task.due_at, task.id)
)
REPORTED = (
    WITH_TASK.join(follow_ups, row.task_id == task.id)
    .where(row.step > 0, row.closed_at.is_(None))
    .order_by(task.due_at, task.id)
    .limit(bindparam("limit"))
)
WARNED = select(*COLUMNS).where(row.warned_on.is_not(None), row.task_id.in_(bindparam("tasks", expanding=True)))
GET = select(*COLUMNS).where(row.task_id == bindparam("task"))
CHANGED = tuple(column.name for column in COLUMNS if column.name != "task_id")
PUT = upsert(follow_ups, ("task_id",), **{name: bindparam(f"new_{name}", type_=row[name].type) for name in CHANGED})
AT_ONCE = 500  # tasks of one statement


def to_follow_up(found: Sequence[Any]) -> FollowUp:
    """A row of COLUMNS as the domain's."""
    number, due_at, step, level, escalated_at, warned_on, next_level, measure, by, measured_at, closed_at, who = found
    return FollowUp(
        TaskId(number),
        due_at,
        step,
        level and Level(level),
        escalated_at,
        warned_on,
        next_level and Level(next_level),
        measure,
        by and MemberId(by),
        measured_at,
        closed_at,
        who and MemberId(who),
    )


def _followed(found: Sequence[Any]) -> Followed:
    own, kept = found[: -len(COLUMNS)], found[-len(COLUMNS) :]
    return Followed(to_task(own), None if kept[0] is None else to_follow_up(kept))


class FollowUps:
    """See `domain.work.follow.model.FollowUps`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def candidates(self, until: datetime) -> list[Followed]:
        """Open tasks in hand that speak in digests and were due before a moment, by group; without ended ones."""
        return [_followed(found) for found in self.connection.execute(CANDIDATES, {"until": until})]

    def warned(self, tasks: Collection[TaskId]) -> dict[TaskId, FollowUp]:
        """Those of some tasks whose owners were told that they go on."""
        wanted = list(tasks)
        parts = [wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE)]
        rows = (found for some in parts for found in self.connection.execute(WARNED, {"tasks": some}))
        return {one.task: one for one in map(to_follow_up, rows)}

    def put(self, follow_ups: Sequence[FollowUp]) -> None:
        """Remember follow-ups in place of earlier ones of the same tasks."""
        rows = [_values(one) for one in follow_ups]
        if rows:
            self.connection.execute(PUT, rows)

    def get(self, task: TaskId) -> FollowUp | None:
        """The follow-up of a task."""
        found = self.connection.execute(GET, {"task": task}).one_or_none()
        return to_follow_up(found) if found else None

    def reported(self, limit: int) -> list[Followed]:
        """Open tasks that were reported and whose follow-up nobody has ended, by deadline."""
        return [_followed(found) for found in self.connection.execute(REPORTED, {"limit": limit})]


def _values(one: FollowUp) -> dict[str, Any]:
    kept = {
        "due_at": one.due_at,
        "step": one.step,
        "level": one.level,
        "escalated_at": one.escalated_at,
        "warned_on": one.warned_on,
        "next_level": one.next_level,
        "measure": one.measure,
        "measured_by": one.measured_by,
        "measured_at": one.measured_at,
        "closed_at": one.closed_at,
        "closed_by": one.closed_by,
    }
    return {"task_id": one.task, **kept, **{f"new_{name}": value for name, value in kept.items()}}


OWN = (
    select(row.task_id.label("number"), task.title, row.measure, row.measured_at)
    .join(tasks, row.task_id == task.id)
    .where(row.measured_by == MEMBER)
    .order_by(row.task_id)
)
REPORTED_IN_WEEK: Select[Any] = (
    select(func.count().label("follow_reported"))
    .select_from(task_events)
    .where(
        task_events.c.what == Happening.ESCALATED.value,
        *within(task_events.c.at),
        task_events.c.task_id.in_(select(task.id).where(task.group_id == GROUP, task.withdrawn_at.is_(None))),
    )
)
FEATURE = Feature(
    tables=(follow_ups,),
    personal=(Personal(316, "follow_ups", OWN, texts="follow"),),
    not_erased={"follow_ups": "kept under a number: the group's record of its follow-up stays right"},
    week=(REPORTED_IN_WEEK,),
)
