"""The words of the files of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.life.evaluation.indicator import NO_DATA
from domain.life.evaluation.standing import value_of
from sheets.writing import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from domain.ids import EvaluatedId
    from domain.life.evaluation.opening import Report
    from domain.life.evaluation.scheme import Item
    from handlers.label import Label

PLACE, NARROW, WIDE = 8, 12, 24


def words_of(report: Report, label: Label) -> str:
    """The lines of the document, as `sheets.documents.writing` takes them."""
    return "\n".join(_lines(report, label))


def _lines(report: Report, label: Label) -> Iterator[str]:
    found = report.standings
    yield label("evaluation.document_title", standings=found)
    yield label("evaluation.document_head", standings=found)
    yield label("evaluation.document_heading", part="result")
    for one, placed in found.lines:
        yield label("evaluation.document_line", scheme=found.scheme, evaluated=one, placed=placed)
    yield label("evaluation.document_heading", part="rules")
    yield from (label("evaluation.document_item", item=item) for item in found.scheme.items)
    if report.changes:
        yield label("evaluation.document_heading", part="changes")
        for name, change in report.changes:
            yield label("evaluation.document_change", scheme=found.scheme, name=name, change=change)


def table_of(report: Report, label: Label) -> list[Table]:
    """The sheets of the table: the result with each indicator, and what was changed."""
    found = report.standings
    columns = [
        Column(label("evaluation.column", column="place"), PLACE),
        Column(label("evaluation.column", column="name"), WIDE),
        Column(label("evaluation.column", column="score"), NARROW),
        Column(label("evaluation.column", column="grade"), NARROW),
        *(Column(label("evaluation.item_title", item=item), NARROW) for item in found.scheme.items),
    ]
    rows: list[list[str | int | date | None]] = [
        [
            placed.place,
            one.name,
            f"{placed.score / 100:.2f}",
            label("evaluation.grade_title", scheme=found.scheme, stars=placed.stars),
            *(_cell(report, one.id, item) for item in found.scheme.items),
        ]
        for one, placed in found.lines
    ]
    heads = [Column(label("evaluation.column", column=name), WIDE) for name in ("name", "item", "old", "new", "reason")]
    changes: list[list[str | int | date | None]] = [
        [name, change.item, change.old, change.new, change.reason] for name, change in report.changes
    ]
    tables = [Table(label("evaluation.sheet", sheet="evaluations"), columns, rows)]
    return [*tables, Table(label("evaluation.sheet", sheet="changes"), heads, changes)] if changes else tables


def _cell(report: Report, number: EvaluatedId, item: Item) -> str:
    """The figure or the points behind the score; a dash where there is nothing."""
    if item.is_scored:
        points = report.points.get(number, {}).get(item.name)
        return "–" if points is None else str(points)
    value = value_of(item, report.figures.get(number, {}).get(item.name, NO_DATA))
    return "–" if value is None else f"{float(value):.1f}"
