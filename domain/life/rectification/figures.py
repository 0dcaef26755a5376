"""The figures of findings, counted from their rounds, so that each can be opened and last year's come out again."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.rectification.findings import Findings
    from domain.life.rectification.model import Entry, Round

A_DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Figures:
    """Rounds of findings between two moments: a finding that came back counts once more.

    `found` began within them, `closed` were closed within them, `on_time` of those; `open` were open at their end,
    `overdue` of those past their deadline; `repeated` came back within them. `days` is the median from being found to
    being closed, `None` where none was closed.
    """

    found: int = 0
    closed: int = 0
    on_time: int = 0
    open: int = 0
    overdue: int = 0
    repeated: int = 0
    days: float | None = None

    @property
    def share(self) -> float | None:
        """How many of those that were closed or should have been were on time, from 0 to 1; `None` where none was."""
        of = self.closed + self.overdue
        return self.on_time / of if of else None


def counted(entries: Iterable[Entry], since: datetime, until: datetime) -> Figures:
    """The figures of some rounds between two moments."""
    rounds = [one.round for one in entries if one.round.opened_at < until]
    begun = [one for one in rounds if one.opened_at >= since]
    closed = [one for one in rounds if one.closed_at is not None and since <= one.closed_at < until]
    still = [one for one in rounds if one.closed_at is None or one.closed_at >= until]
    days = [(one.closed_at - one.opened_at).total_seconds() / A_DAY for one in closed if one.closed_at is not None]
    return Figures(
        found=len(begun),
        closed=len(closed),
        on_time=sum(one.on_time for one in closed),
        open=len(still),
        overdue=sum(_is_overdue(one, until) for one in still),
        repeated=sum(one.number > 1 for one in begun),
        days=round(median(days), 1) if days else None,
    )


def _is_overdue(one: Round, until: datetime) -> bool:
    """Whether one that was open at a moment was past its deadline without being ready."""
    ready = until if one.rectified_at is None else min(one.rectified_at, until)
    return one.deadline is not None and one.deadline < ready


def figures(findings: Findings, branches: Collection[BranchId], since: datetime, until: datetime) -> Figures:
    """The figures of some branches together between two moments."""
    return counted(findings.entries(since, until, branches), since, until)
