"""Goals in reports: a line of the weekly and monthly summary, a table of an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.reporting import Export, Figure, Material, Next, Section, Told
from domain.table import Table
from domain.work.goal.reading import of_home, progress, touches
from domain.work.goal.sight import home_of
from domain.work.goal.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from domain.reporting import Span, Week
    from domain.work.features import Stores
    from domain.work.goal.tree import Node

A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Counts:
    """A group's goals at the end of a span, by whether they are worked at then, or were due in it."""

    open: int
    reached: int
    late: int
    progress: int


def count(roots: Sequence[Node], first: date, last: date) -> Counts:
    """The goals without others below: how many were worked at between two days, and how they stand at the last one."""
    nodes = [one for root in roots for _, one in root.walk() if not one.below and touches(one.goal, first, last)]
    standing = [one.standing(last) for one in nodes]
    reached, late = standing.count(Standing.REACHED), standing.count(Standing.LATE)
    worked_at = [one for one in roots if touches(one.goal, first, last)]
    return Counts(len(nodes) - reached - late, reached, late, progress(worked_at))


def _tell(stores: Stores, week: Week) -> Told | None:
    """The progress of the group's goals; it is no reason to post a summary where nothing else has happened."""
    roots = of_home(stores, home_of(week.group), week.until - A_MOMENT)
    if not roots:
        return None
    first, last = week.group.day(week.since), week.group.day(week.until - A_MOMENT)
    found = count(roots, first, last)
    counted = found.open + found.reached + found.late
    if not counted:
        return None
    values = {"progress": found.progress, "reached": found.reached, "open": found.open, "late": found.late}
    return Told(
        Text("goal.summary", values),
        happened=False,
        figures={"goals": Figure(found.progress, of=counted)},
        next=[Next(30, Text("goal.next", {"late": found.late}))] if found.late else (),
    )


def _read(stores: Stores, span: Span) -> Material:
    first, last = span.group.day(span.since), span.group.day(span.until - A_MOMENT)
    trees = of_home(stores, home_of(span.group), span.at)
    nodes = [one for root in trees for _, one in root.walk() if touches(one.goal, first, last)][: span.max_rows]
    return Material(len(nodes), partial(_tables, nodes))


def _tables(nodes: Sequence[Node]) -> list[Table]:
    columns = ("number", "parent", "title", "owner", "weight", "since", "due", "progress", "tasks", "tasks_done")
    rows = [
        (
            one.goal.id,
            one.goal.parent,
            one.goal.title,
            one.goal.owner,
            one.goal.weight,
            one.goal.since,
            one.goal.due,
            one.percent,
            one.tasks.tasks,
            one.tasks.done,
        )
        for one in nodes
    ]
    return [Table("goals", columns, rows, "goal")]


SECTION = Section(34, _tell)
EXPORT = Export(12, _read)
