"""Study in reports: what was read and answered."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any

from domain.messaging.message import Text
from domain.reporting import Export, Figure, Material, Section, Told
from domain.study.study import READ
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.points.points import Earned
    from domain.reporting import Span, Week
    from domain.study.features import Stores
    from domain.study.study import Studied

COUNTED = ("items", "read", "answered", "right", "challengers", "longest")


def _tell(_: Stores, week: Week) -> Told | None:
    """Items shown, readings credited, quiz answers and right ones, challenges; it alone is no reason for a summary."""
    counts = {name: week.counts[f"study_{name}"] for name in COUNTED}
    if not any(counts[name] for name in ("read", "answered", "longest")):
        return None
    return Told(Text("study.summary", counts), happened=False, figures={"read": Figure(counts["read"])})


def _read(stores: Stores, span: Span) -> Material:
    between = (span.group.id, span.since, span.until, span.max_rows)
    studied, readers = stores.studies.in_span(*between), stores.points.in_span_for(READ.name, *between)
    return Material(max(len(studied), len(readers)), partial(_tables, studied, readers, named=span.named))


def _tables(studied: Sequence[Studied], earned: Sequence[Earned], *, named: bool) -> list[Table]:
    """An item a day: how many have read it and who, how many answered and how many right."""
    readers = _readers(studied, earned)
    columns: tuple[str, ...] = ("day", "item", "read", "answered", "right")
    rows: list[tuple[Any, ...]] = []
    for one in studied:
        read = readers[one.code, one.at]
        row = (one.day, one.title, len(read), one.answered, one.right)
        rows.append((*row, [reader.member for reader in read if reader.named]) if named else row)
    return [Table("study", (*columns, "readers") if named else columns, rows)]


def _readers(studied: Sequence[Studied], earned: Sequence[Earned]) -> Mapping[tuple[str, datetime], list[Earned]]:
    """Who has read what: an item that was shown twice was read when it had been shown last."""
    shown: dict[str, list[datetime]] = defaultdict(list)
    for one in studied:
        shown[f"study:{one.code}"].append(one.at)
    readers: dict[tuple[str, datetime], list[Earned]] = defaultdict(list)
    for reader in earned:
        entry = reader.entry
        before = [at for at in shown.get(entry.source, ()) if at <= entry.at]
        if before and entry.points >= 0:
            readers[entry.source.partition(":")[2], max(before)].append(reader)
    return readers


SECTION = Section(20, _tell)
EXPORT = Export(40, _read)
