"""Evaluations in reports: what became final this week, the results in an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import BranchId
from domain.life.evaluation.model import Publish
from domain.life.evaluation.publicity import in_order
from domain.life.evaluation.schemes import scheme_of
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.scheme import Scheme
    from domain.life.features import Stores
    from domain.messaging.chat import Chat
    from domain.reporting import Span, Week

RESULTS = ("evaluation", "first", "last", "place", "name", "score", "grade")


def _final(stores: Stores, group: Chat, since: datetime, until: datetime) -> list[Evaluation]:
    """What became final of evaluations in which a group's branch is."""
    if group.branch is None:
        return []
    above = [one.id for one in stores.branches.ancestors(BranchId(group.branch))]
    return stores.evaluations.in_span(above, since, until)


def _tell(stores: Stores, week: Week) -> Told | None:
    """What the group's own branch got, or how many were evaluated below it."""
    lines = []
    for one in _final(stores, week.group, week.since, week.until):
        scheme, subjects = scheme_of(stores, one.version), in_order(stores.evaluations.subjects(one.id))
        own = next((who for who in subjects if who.person is None and who.branch == week.group.branch), None)
        lines.append((one, scheme, own, len(subjects)))
    return Told(Text("evaluation.summary", {"lines": lines}), happened=True) if lines else None


def _read(stores: Stores, span: Span) -> Material:
    """Results that the group may read: all of an evaluation that was published whole, else those of its own branch."""
    rows: list[tuple[object, ...]] = []
    for one in _final(stores, span.group, span.since, span.until):
        scheme, subjects = scheme_of(stores, one.version), in_order(stores.evaluations.subjects(one.id))
        shown = [who for who in subjects if one.publish is not Publish.OWN or who.branch == span.group.branch]
        rows += [_row(one, scheme, who) for who in shown if span.named or who.person is None]
    cut = rows[: span.max_rows]
    return Material(len(rows), partial(_tables, cut))


def _row(one: Evaluation, scheme: Scheme, who: Evaluated) -> tuple[object, ...]:
    result = who.result
    score = None if result is None or one.publish is not Publish.ALL else result.score / 100
    grade = "" if result is None else scheme.grade(result.stars).title
    return one.title, one.first, one.last, None if result is None else result.place, who.name, score, grade


def _tables(rows: Sequence[tuple[object, ...]]) -> list[Table]:
    return [Table("evaluations", RESULTS, list(rows), "evaluation")] if rows else []


SECTION, EXPORT = Section(76, _tell), Export(66, _read)
