"""Cross-inspection in reports: the result of a group's branch, and its scores in an export."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life.inspection import cards
from domain.messaging.message import Text
from domain.reporting import Export, Material, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.features import Stores
    from domain.life.inspection.model import Sheet
    from domain.messaging.chat import Chat
    from domain.reporting import Span, Week

SCORES = ("round", "branch", "by", "item", "points", "full", "note", "handed_in_at")
CHANGES = ("round", "branch", "item", "old", "new", "reason", "name", "at")


def _final(stores: Stores, branch: BranchId | None, since: datetime, until: datetime) -> list[Sheet]:
    if branch is None:
        return []
    found = stores.inspections.final_of(stores.branches.subtree(branch), since, until)
    return [cards.sheet(stores, one) for one in found]


def _tell(stores: Stores, week: Week) -> Told | None:
    """What the branch of a group got in rounds that became final in the week."""
    found = _final(stores, week.group.branch, week.since, week.until)
    if not found:
        return None
    noted = sum(len(one.noted) for one in found)
    return Told(Text("inspection.summary", {"sheets": found, "findings": noted}), happened=True)


def _read(stores: Stores, span: Span) -> Material:
    found = _final(stores, span.group.branch, span.since, span.until)[: span.max_rows]
    return Material(sum(len(one.scores) for one in found), partial(_tables, span.group, found))


def _tables(_: Chat, found: Sequence[Sheet]) -> list[Table]:
    scores = [
        (
            one.round.rubric.title,
            one.inspection.of.name,
            one.inspection.by.name,
            item.title,
            None if score is None else score.points,
            item.points,
            "" if score is None else score.note,
            one.inspection.handed_in_at,
        )
        for one in found
        for _, item, score in one.lines
    ]
    changes = [
        (
            one.round.rubric.title,
            one.inspection.of.name,
            _title(one, each.item),
            each.old,
            each.new,
            each.reason,
            each.by_name,
            each.at,
        )
        for one in found
        for each in one.corrections
    ]
    tables = [Table("scores", SCORES, scores, "inspection"), Table("corrections", CHANGES, changes, "inspection")]
    return [one for one in tables if one.rows]


def _title(sheet: Sheet, number: int) -> str:
    item = sheet.round.rubric.item(number)
    return "" if item is None else item.title


SECTION, EXPORT = Section(72, _tell), Export(62, _read)
