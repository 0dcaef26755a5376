"""Tasks that are done, with what has happened to them: only read here."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, select

from domain.ids import ChatId, TaskId
from domain.work.lean.model import Ended, Step
from domain.work.task import Happening, LinkKind
from storage.dialects import within
from storage.work.task_history import links
from storage.work.task_rows import task
from storage.work.task_tables import task_events, tasks

event = task_events.c
DONE = and_(
    task.group_id.in_(bindparam("groups", expanding=True)),
    *within(task.done_at),
    task.withdrawn_at.is_(None),
)
ENDED = (
    select(
        task.id,
        task.batch,
        task.group_id,
        task.given_at,
        task.due_at,
        task.done_at,
        task.submitted_at,
        task.together,
    )
    .where(DONE)
    .order_by(task.id)
)
STEPS = select(event.task_id, event.what, event.at).join(tasks, task.id == event.task_id).where(DONE).order_by(event.id)
SERVES = (
    select(links.batch, links.kind)
    .where(links.batch.in_(select(task.batch).where(DONE)))
    .distinct()
    .order_by(links.batch, links.kind)
)


class Lean:
    """See `domain.work.lean.model.LeanFigures`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def ended(self, groups: Sequence[ChatId], since: datetime, until: datetime) -> list[Ended]:
        """The tasks of groups that were done between two moments, by number: three statements for however many."""
        values = {"groups": list(groups), "since": since, "until": until}
        steps: dict[int, list[Step]] = defaultdict(list)
        for number, what, at in self.connection.execute(STEPS, values):
            steps[number].append(Step(Happening(what), at))
        serves: dict[int, list[LinkKind]] = defaultdict(list)
        for batch, kind in self.connection.execute(SERVES, values):
            serves[batch].append(LinkKind(kind))
        rows: Any = self.connection.execute(ENDED, values)
        return [
            Ended(
                TaskId(row.id),
                TaskId(row.batch),
                ChatId(row.group_id),
                row.given_at,
                row.due_at,
                row.done_at,
                row.submitted_at,
                bool(row.together),
                serves.get(row.batch, ()),
                steps.get(row.id, ()),
            )
            for row in rows
        ]
