"""The score of cross-inspections that became final in a period, balanced where their rubric says so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator.model import NOTHING, Entry, Tally, Word, cut
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant
from domain.life.inspection import cards
from domain.life.inspection.figures import results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from domain.ids import BranchId
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Period, Window
    from domain.life.features import Stores
    from domain.life.inspection.model import Inspection, Round

INSPECTION = Word("inspection")
TENTHS = 10  # of a percentage, which is rounded to them
WHOLE = 100


def _lines(stores: Stores, days: Period) -> Iterator[Entry]:
    """Each branch in each round."""
    closed = stores.indicators.closings()
    for number in stores.indicators.final_inspections(days):
        found = stores.inspections.round(number)
        if found is None or found.ended_at is None:
            continue
        inspections = [_then(one, found, closed) for one in stores.inspections.of_round(number)]
        for one in results(cards.sheets(stores, found, inspections), found.rubric.balance).lines:
            part = Fraction(round(one.percent * TENTHS), TENTHS * WHOLE)
            about = f"inspection_round:{number}"
            yield Entry(one.branch.id, found.ended_at, found.rubric.title, "", part, 1, about)


def _then(one: Inspection, found: Round, closed: Mapping[BranchId, datetime]) -> Inspection:
    """An inspection as it was when its round became final: a branch that was closed later counts."""
    at = closed.get(one.of.id)
    was_closed = at is not None and found.ended_at is not None and at < found.ended_at
    return replace(one, of=replace(one.of, is_closed=was_closed))


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    own: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    for one in _lines(stores, asked.period):
        if one.branch is not None:
            own[one.branch] += Tally(one.part, one.of)
    return figures(stores, own, asked)


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    branches = meant(stores, branch, asked)
    return cut([one for one in _lines(stores, asked.period) if one.branch in branches], window)


BRANCHES = Source(_read, _entries)
