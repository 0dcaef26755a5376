"""Findings in reports: a line of the weekly summary, a table of an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.rectification.model import State
from domain.messaging.message import Text
from domain.reporting import Export, Figure, Material, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import MemberId
    from domain.life.features import Stores
    from domain.life.rectification.model import Finding
    from domain.reporting import Span, Week

COLUMNS = (
    *("number", "title", "kind", "source", "found_at", "cause", "measure", "owner", "due_at", "rectified_at"),
    *("closed_at", "verifier", "came_back", "state"),
)


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many were found and closed in the week, and what is open and overdue."""
    found = stores.findings.in_span(week.group.id, week.since, week.until)
    still = [one for one in found if one.round.closed_at is None or one.round.closed_at >= week.until]
    new, closed = sum(one.round.opened_at >= week.since for one in found), len(found) - len(still)
    overdue = sum(one.round.is_late(week.until) for one in still)
    if not (new or closed or overdue):
        return None
    values = {"new": new, "closed": closed, "open": len(still), "overdue": overdue}
    figures = {"closed": Figure(closed), "overdue": Figure(overdue)}
    return Told(Text("rectification.summary", values), happened=bool(new or closed), figures=figures)


def _read(stores: Stores, span: Span) -> Material:
    found = stores.findings.in_span(span.group.id, span.since, span.until)[: span.max_rows]
    numbers = {number for one in found for number in (one.round.owner, one.verifier) if number is not None}
    names = {one.id: one.name for one in stores.members.several(sorted(numbers))}
    return Material(len(found), partial(_tables, found, names))


def _tables(found: Sequence[Finding], names: Mapping[MemberId, str]) -> list[Table]:
    rows = [_row(one, names) for one in found]
    return [Table("findings", COLUMNS, rows, "rectification")] if rows else []


def _row(one: Finding, names: Mapping[MemberId, str]) -> tuple[object, ...]:
    last = one.round
    owner = "" if last.owner is None else names.get(last.owner, "")
    verifier = "" if one.verifier is None or one.state is State.OPEN else names.get(one.verifier, "")
    words = one.title, Code(f"kind.{one.kind}"), Code(f"source.{one.source}"), last.opened_at, last.cause, last.measure
    dates = last.due_at, last.rectified_at, last.closed_at
    return one.id, *words, owner, *dates, verifier, one.came_back, Code(f"finding.{one.state}")


SECTION, EXPORT = Section(73, _tell), Export(63, _read)
