"""What was learnt, in exports: the questions with their intervals, and the group's figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from domain.reporting import Export, Material
from domain.study.learning.service import of_group, tellable
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.reporting import Span
    from domain.study.features import Stores
    from domain.study.learning.figures import Asked, Learnt, Share


def _read(stores: Stores, span: Span) -> Material:
    learnt = of_group(stores, span.group, span.since, span.until)
    if not learnt.happened:
        return Material(0, list)
    asked = tellable(learnt)[: span.max_rows + 1]
    return Material(len(asked) + 1, partial(_tables, learnt, asked))


def _tables(learnt: Learnt, asked: Sequence[Asked]) -> list[Table]:
    """A line of the group's figures; the questions of which enough is known."""
    first, kept = learnt.first, learnt.kept
    own = (learnt.reach.took_part, learnt.reach.of, first.answered, first.right, *_ends(first))
    figures: tuple[Any, ...] = (*own, kept.answered, kept.right, len(learnt.unopened))
    names = ("readers", "people", "answered", "right", "low", "high", "reviewed", "kept", "unopened")
    rows = [(one.text, one.share.answered, one.share.right, *_ends(one.share)) for one in asked]
    return [
        Table("learnt", names, [figures]),
        *([Table("learnt_questions", ("question", "answered", "right", "low", "high"), rows)] if rows else []),
    ]


def _ends(share: Share) -> tuple[int | None, int | None]:
    """The ends of an interval in hundredths; nothing without an answer."""
    return (share.low, share.high) if share.answered else (None, None)


EXPORT = Export(41, _read)
