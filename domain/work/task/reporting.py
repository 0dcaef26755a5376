"""Tasks in reports: what was finished, what is open, what is late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.reporting import Export, Figure, Material, Next, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.reporting import Span, Week
    from domain.work.features import Stores
    from domain.work.task.model import Task

ENDS = ("submitted_at", "done_at", "on_time", "grade")  # columns about how a task ended


def _tell(_: Stores, week: Week) -> Told | None:
    """Tasks finished on time and late in the week; open and overdue ones at its end."""
    counts = {name: week.counts[f"task_{name}"] for name in ("on_time", "late", "open", "overdue")}
    happened = any(counts[name] for name in ("on_time", "late", "overdue"))
    if not happened and not counts["open"]:
        return None
    late = counts["overdue"]
    figures = {"on_time": Figure(counts["on_time"]), "overdue": Figure(late, "task.figure" if late else None)}
    button = Button("missing.open_button", Action("missing.open"))
    return Told(
        Text("task.summary", counts),
        happened,
        figures,
        [Next(10, Text("task.next", {"overdue": late}), button)] if late else (),
    )


def _read(stores: Stores, span: Span) -> Material:
    tasks = stores.tasks.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(tasks), partial(_tables, tasks, span.at))


def _tables(tasks: Sequence[Task], at: datetime) -> list[Table]:
    columns = ("number", "title", "owner", "standard", "outcome", "given_at", "due_at", *ENDS)
    rows = [
        (
            task.id,
            task.plan.title,
            task.owner,
            task.plan.standard,
            task.plan.outcome,
            task.given_at,
            task.due_at,
            task.submitted_at,
            task.done_at,
            None if task.ended_at is None and task.due_at >= at else task.on_time,  # nobody knows yet
            task.grade and Code(f"task_grade.{task.grade}"),
        )
        for task in tasks
    ]
    return [Table("tasks", columns, rows)]


SECTION = Section(30, _tell)
EXPORT = Export(10, _read)
