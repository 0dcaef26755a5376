"""Findings rectified on time, and for good.

A round of a finding counts as on time or not when it is closed. One that is open when the period ends counts as late
where its deadline has passed and its tasks are not ready, or where the next level has heard that nobody has said what
is done; both as they were then.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator.model import NOTHING, Entry, Tally, Word, cut
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tasks import as_of
from domain.life.evaluation.indicator.tree import figures, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.ids import BranchId, TaskId
    from domain.life.evaluation.indicator.counted import Late
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Window
    from domain.life.features import Stores
    from domain.life.rectification.model import Entry as Found

ON_TIME, FOR_GOOD = Word("rectified_on_time"), Word("rectified_for_good")


def _found(stores: Stores, asked: Asked) -> list[Found]:
    days, branches = asked.period, asked.within.branches
    return stores.findings.entries(days.since, days.until, None if branches is None else sorted(branches))


def _on_time(stores: Stores, asked: Asked) -> Iterator[Entry]:
    found, days = _found(stores, asked), asked.period
    still = [one for one in found if not _closed(one, days.until)]
    tasks = stores.indicators.histories([one.round.batch for one in still if one.round.batch is not None])
    for one in found:
        closed_at = one.round.closed_at
        if closed_at is not None and closed_at < days.until:
            yield _entry(one, closed_at, Fraction(int(one.round.on_time)))
        else:
            late_since = _late_since(one, tasks, days.until)
            if late_since is not None:
                yield _entry(one, late_since, Fraction(0))


def _closed(one: Found, until: datetime) -> bool:
    return one.round.closed_at is not None and one.round.closed_at < until


def _late_since(one: Found, tasks: Mapping[TaskId, Sequence[Late]], until: datetime) -> datetime | None:
    """The deadline that has passed, or when the next level has heard of it; `None` where it is not late."""
    batch, planned_at, escalated_at = one.round.batch, one.round.planned_at, one.round.escalated_at
    if batch is None or planned_at is None or planned_at >= until:
        return escalated_at if escalated_at is not None and escalated_at < until else None
    then = [as_of(task, until) for task in tasks.get(batch, ())]
    late = [task.due_at for task in then if task.ready_at is None and task.due_at < until]
    return min(late, default=None)


def _for_good(stores: Stores, asked: Asked) -> Iterator[Entry]:
    found, days = _found(stores, asked), asked.period
    rounds = {(one.finding, one.round.number) for one in found}
    for one in found:
        closed_at = one.round.closed_at
        if closed_at is not None and closed_at < days.until:
            came_back = (one.finding, one.round.number + 1) in rounds
            yield _entry(one, closed_at, Fraction(int(not came_back)))


def _entry(one: Found, at: datetime, part: Fraction) -> Entry:
    return Entry(one.branch, at, one.title, one.owner, part, 1, f"finding:{one.finding}")


@dataclass(frozen=True, slots=True)
class _Counted:
    """The figures and entries of what is listed whole."""

    listed: Callable[[Stores, Asked], Iterator[Entry]]

    def read(self, stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
        """The figures of branches."""
        own: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
        for one in self.listed(stores, asked):
            if one.branch is not None:
                own[one.branch] += Tally(one.part, one.of)
        return figures(stores, own, asked)

    def entries(self, stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
        """What happened to one."""
        branches = meant(stores, branch, asked)
        return cut([one for one in self.listed(stores, asked) if one.branch in branches], window)


def _source(listed: Callable[[Stores, Asked], Iterator[Entry]]) -> Source[BranchId]:
    counted = _Counted(listed)
    return Source(counted.read, counted.entries)


RECTIFIED_ON_TIME, RECTIFIED_FOR_GOOD = _source(_on_time), _source(_for_good)
