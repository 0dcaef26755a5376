"""What has happened to tasks, and what they serve."""

from sqlalchemy import Connection, bindparam, insert, select

from domain.ids import MemberId, TaskId
from domain.work.task import Happening, Link, LinkKind, TaskEvent
from storage.dialects import insert_new
from storage.work.task_tables import task_events, task_links

NOTE = insert(task_events)
HISTORY = select(task_events).where(task_events.c.task_id == bindparam("task")).order_by(task_events.c.id)
links = task_links.c
LINK = insert_new(task_links, ("kind", "number", "batch"))
LINKS = select(links.kind, links.number).where(links.batch == bindparam("batch")).order_by(links.kind, links.number)


class History:
    """The part of `domain.work.task.Tasks` that keeps what has happened to tasks, and what they serve."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def note(self, *events: TaskEvent) -> None:
        """Add to the history of tasks, at least one line."""
        self.connection.execute(
            NOTE,
            [
                {"task_id": one.task, "what": one.what, "by_id": one.by, "at": one.at, "note": one.note}
                for one in events
            ],
        )

    def history(self, number: TaskId) -> list[TaskEvent]:
        """What has happened to a task, oldest first."""
        rows = self.connection.execute(HISTORY, {"task": number})
        return [
            TaskEvent(TaskId(row.task_id), Happening(row.what), row.by_id and MemberId(row.by_id), row.at, row.note)
            for row in rows
        ]

    def link(self, batch: TaskId, link: Link) -> None:
        """Say what the tasks of a command serve; saying it again changes nothing."""
        self.connection.execute(LINK, {"kind": link.kind, "number": link.number, "batch": batch})

    def links(self, batch: TaskId) -> list[Link]:
        """What the tasks of a command serve."""
        rows = self.connection.execute(LINKS, {"batch": batch})
        return [Link(LinkKind(row.kind), row.number) for row in rows]
