"""The report of a round as DOCX and XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sheets
from sheets.documents.writing import write
from sheets.writing import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.life.inspection.cards import Progress
    from domain.life.inspection.figures import Results
    from domain.life.inspection.model import Sheet
    from handlers.label import Label

DOCX, XLSX = "docx", "xlsx"
WIDE, NARROW = 30, 12


def made(progress: Progress, results: Results, ending: str, label: Label) -> bytes:
    """The file. It takes a moment: call it in a thread."""
    if ending == XLSX:
        return sheets.write(_tables(progress, results, label), as_csv=False)
    return write("\n".join(_lines(progress, results, label)))


def _lines(progress: Progress, results: Results, label: Label) -> Iterator[str]:
    yield label("inspection.document_title", round_=progress.round)
    yield label("inspection.document_about", round_=progress.round, results=results)
    yield label("inspection.document_heading", part="ranking")
    yield from (label("inspection.document_line", line=one) for one in results.lines)
    yield label("inspection.document_heading", part="inspectors")
    yield from (label("inspection.document_measure", measure=one) for one in results.measures)
    yield from _findings(progress.counting, label)
    yield from _corrections(progress.counting, label)


def _findings(found: Sequence[Sheet], label: Label) -> Iterator[str]:
    lines = [
        label("inspection.document_finding", sheet=one, item=item, score=score)
        for one in found
        for _, item, score in one.findings
    ]
    if lines:
        yield label("inspection.document_heading", part="findings")
        yield from lines


def _corrections(found: Sequence[Sheet], label: Label) -> Iterator[str]:
    lines = [
        label("inspection.document_correction", sheet=one, item=one.round.rubric.item(each.item), correction=each)
        for one in found
        for each in one.corrections
    ]
    if lines:
        yield label("inspection.document_heading", part="corrections")
        yield from lines


def _tables(progress: Progress, results: Results, label: Label) -> list[Table]:
    ranking = [
        (one.rank, one.branch.name, f"{one.percent:.1f}", f"{one.raw:.1f}", one.inspections) for one in results.lines
    ]
    measures = [(one.name, one.count, f"{one.mean:.1f}", f"{one.deviation:+.1f}") for one in results.measures]
    scores = [
        (
            one.inspection.of.name,
            one.inspection.by.name,
            item.title,
            None if score is None else score.points,
            item.points,
            "" if score is None else score.note,
        )
        for one in progress.counting
        for _, item, score in one.lines
    ]
    changes = [
        (one.inspection.of.name, _title(one, each.item), each.old, each.new, each.reason, each.by_name)
        for one in progress.counting
        for each in one.corrections
    ]
    return [
        _table("ranking", ("rank", "branch", "percent", "raw", "inspections"), ranking, label),
        _table("measures", ("name", "count", "mean", "deviation"), measures, label),
        _table("scores", ("branch", "by", "item", "points", "full", "note"), scores, label),
        _table("corrections", ("branch", "item", "old", "new", "reason", "name"), changes, label),
    ]


def _title(sheet: Sheet, number: int) -> str:
    item = sheet.round.rubric.item(number)
    return "" if item is None else item.title


WIDE_ONES = frozenset({"branch", "by", "item", "note", "reason"})


def _table(name: str, columns: Sequence[str], rows: Sequence[Sequence[str | int | None]], label: Label) -> Table:
    heads = [Column(label("inspection.column", column=one), WIDE if one in WIDE_ONES else NARROW) for one in columns]
    return Table(label("inspection.sheet", sheet=name), heads, rows)
