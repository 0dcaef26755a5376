"""Front-line actions in reports: what was opened and what has ended, with its figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.action.model import State
from domain.life.action.service import page_of
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Code, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.life.action.model import Page
    from domain.life.features import Stores
    from domain.reporting import Span, Week

ACTIONS = ("number", "kind", "problem", "unit", "baseline", "target", "now", "share", "lead", "until", "state", "words")
FIGURES = ("number", "problem", "value", "note", "reported_at")


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many actions were opened, how many have ended, and how many of these reached their target."""
    pages = [page_of(stores, one) for one in stores.actions.in_span(week.group.id, week.since, week.until)]
    ended = [one for one in pages if one.action.state is State.ENDED and _within(one, week)]
    opened = [one for one in pages if week.since <= one.action.opened_at < week.until]
    if not (ended or opened):
        return None
    values = {"opened": len(opened), "ended": len(ended), "met": sum(one.is_met for one in ended)}
    return Told(Text("action.summary", values), happened=True)


def _within(page: Page, week: Week) -> bool:
    return page.action.ended_at is not None and week.since <= page.action.ended_at < week.until


def _read(stores: Stores, span: Span) -> Material:
    found = stores.actions.in_span(span.group.id, span.since, span.until)[: span.max_rows]
    pages = [page_of(stores, one) for one in found]
    return Material(len(pages), partial(_tables, pages))


def _tables(pages: Sequence[Page]) -> list[Table]:
    made = [
        Table("actions", ACTIONS, list(map(_line, pages)), "action"),
        Table("figures", FIGURES, [line for one in pages for line in _figures(one)], "action"),
    ]
    return [one for one in made if one.rows]


def _line(page: Page) -> tuple[object, ...]:
    one = page.action
    return (
        one.id,
        Code(f"action.{one.kind}"),
        one.problem,
        one.unit,
        float(one.baseline),
        float(one.target),
        float(page.now),
        page.share,
        page.team[0].name if page.team else "",
        one.until,
        Code(f"action.{one.state}"),
        one.words,
    )


def _figures(page: Page) -> list[tuple[object, ...]]:
    one = page.action
    return [(one.id, one.problem, float(each.value), each.note, each.at) for each in page.figures]


SECTION, EXPORT = Section(74, _tell), Export(64, _read)
