"""What has changed about tasks, and the lists in which they are found again, in the store."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from domain.ids import ChatId, MemberId, TaskId
from domain.work.task import Happening, Task, TaskEvent
from domain.work.task.changes import A_FEW, SHOWN
from storage.work.task_rows import ALL_TASKS, OPEN, task, to_task
from storage.work.task_tables import task_events, tasks

event = task_events.c
IS_CHANGE = event.what.in_([one.value for one in SHOWN])
OF_BATCH = task_events.join(tasks, task.id == event.task_id)
NEWEST = select(func.max(event.at)).select_from(OF_BATCH).where(task.batch == bindparam("batch"), IS_CHANGE)
LATEST: Select[Any] = (
    select(
        event.what,
        event.note,
        event.by_id,
        event.at,
        func.min(event.task_id).label("first"),
        func.count().label("tasks"),
    )
    .select_from(OF_BATCH)
    .where(task.batch == bindparam("batch"), IS_CHANGE, event.at == NEWEST.scalar_subquery())
    .group_by(event.what, event.note, event.by_id, event.at)
    .order_by(func.min(event.id))
    .limit(A_FEW)
)
SOURCE = select(task.source).where(task.id == bindparam("task"))
WITHDRAWN = ALL_TASKS.where(task.id == bindparam("task"), task.withdrawn_at.is_not(None))
GIVEN = OPEN.where(task.giver_id == bindparam("giver")).limit(bindparam("limit"))
AMONG = OPEN.where(task.group_id.in_(bindparam("groups", expanding=True))).limit(bindparam("limit"))


class Amendments:
    """See `domain.work.task.amending.Amendments`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Select[Any], **values: Any) -> list[Task]:
        return [to_task(row) for row in self.connection.execute(statement, values)]

    def latest(self, batch: TaskId) -> list[tuple[TaskEvent, int]]:
        """What was last changed about the tasks of a command, all of one moment; each with how many it befell."""
        rows = self.connection.execute(LATEST, {"batch": batch})
        return [
            (
                TaskEvent(TaskId(row.first), Happening(row.what), row.by_id and MemberId(row.by_id), row.at, row.note),
                row.tasks,
            )
            for row in rows
        ]

    def source(self, number: TaskId) -> str:
        """The command that gave a task."""
        return str(self.connection.execute(SOURCE, {"task": number}).scalar_one())

    def withdrawn(self, number: TaskId) -> Task | None:
        """A task that was taken back."""
        return next(iter(self._all(WITHDRAWN, task=number)), None)

    def given_by(self, giver: MemberId, limit: int) -> list[Task]:
        """The open tasks that somebody has given, the next deadline first."""
        return self._all(GIVEN, giver=giver, limit=limit)

    def open_among(self, groups: Sequence[ChatId], limit: int) -> list[Task]:
        """The open tasks of groups, the next deadline first."""
        return self._all(AMONG, groups=groups, limit=limit)
