"""What comes of a round: branches ranked, strict and mild inspectors, and what is done about them.

The formulas stand in docs/inspections.md. A percentage is rounded to a tenth before it is compared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from domain.life.inspection.rubric import Balance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId, MemberId
    from domain.life.inspection.model import Party, Sheet

LEAST = 2  # inspections of somebody who is compared with the others
PLACES = 1  # decimals


@dataclass(frozen=True, slots=True)
class Line:
    """A branch in the ranking: its percentage as inspected and as it counts. Ties share a rank."""

    rank: int
    branch: Party
    raw: float
    percent: float
    inspections: int


@dataclass(frozen=True, slots=True)
class Measure:
    """How strict an inspector is: by how much the mean of what they gave differs from that of all inspectors' means.

    With one inspection it says as much of the branch as of the inspector: `is_compared` is false.
    """

    inspector: MemberId | None
    name: str
    count: int
    mean: float
    deviation: float

    @property
    def is_compared(self) -> bool:
        """Whether it is balanced, where the rubric says so."""
        return self.count >= LEAST


@dataclass(frozen=True, slots=True)
class Results:
    """A round's results: the ranking, and the inspectors, the strictest first."""

    lines: Sequence[Line]
    measures: Sequence[Measure]
    balance: Balance

    def of(self, branch: BranchId) -> Line | None:
        """The line of a branch."""
        return next((one for one in self.lines if one.branch.id == branch), None)


def results(sheets: Sequence[Sheet], balance: Balance) -> Results:
    """The results of the inspections of a round that count and are scored."""
    counting = [one for one in sheets if one.inspection.counts and one.inspection.is_scored]
    measures = _measures(counting)
    percents = balanced(counting, measures, balance)
    return Results(_ranked(counting, percents), measures, balance)


def _measures(sheets: Sequence[Sheet]) -> list[Measure]:
    given: defaultdict[MemberId | None, list[Sheet]] = defaultdict(list)
    for one in sheets:
        given[one.inspection.inspector].append(one)
    means = {who: fmean(one.percent for one in some) for who, some in given.items()}
    if not means:
        return []
    overall = fmean(means.values())
    made = [
        Measure(
            who,
            some[0].inspection.inspector_name,
            len(some),
            round(means[who], PLACES),
            round(means[who] - overall, PLACES),
        )
        for who, some in given.items()
    ]
    return sorted(made, key=lambda one: (one.deviation, one.name))


def balanced(sheets: Sequence[Sheet], measures: Sequence[Measure], balance: Balance) -> list[float]:
    """The percentage of each inspection, after balancing.

    `mean`: p − (mᵢ − m). `z`: m + (p − mᵢ) · s / sᵢ, the mean alone where sᵢ is 0. m and s are the mean and the
    standard deviation of all, mᵢ and sᵢ those of the inspector. Who has inspected one branch alone is left as they are.
    """
    raw = [one.percent for one in sheets]
    if balance is Balance.NONE or not raw:
        return raw
    given: defaultdict[MemberId | None, list[float]] = defaultdict(list)
    for one in sheets:
        given[one.inspection.inspector].append(one.percent)
    overall, spread = fmean(fmean(some) for some in given.values()), pstdev(raw)
    compared = {one.inspector for one in measures if one.is_compared and one.inspector is not None}

    def shifted(sheet: Sheet) -> float:
        who = sheet.inspection.inspector
        if who not in compared:
            return sheet.percent
        own = fmean(given[who])
        narrow = pstdev(given[who])
        scale = spread / narrow if balance is Balance.Z and narrow else 1.0
        return min(100.0, max(0.0, overall + (sheet.percent - own) * scale))

    return [shifted(one) for one in sheets]


def _ranked(sheets: Sequence[Sheet], percents: Sequence[float]) -> list[Line]:
    of: defaultdict[BranchId, list[tuple[Sheet, float]]] = defaultdict(list)
    for one, percent in zip(sheets, percents, strict=True):
        of[one.inspection.of.id].append((one, percent))
    made = [
        (
            some[0][0].inspection.of,
            round(fmean(one.percent for one, _ in some), PLACES),
            round(fmean(percent for _, percent in some), PLACES),
            len(some),
        )
        for some in of.values()
    ]
    made.sort(key=lambda one: (-one[2], one[0].name))
    ranks: Mapping[float, int] = {percent: place for place, (_, _, percent, _) in reversed(list(enumerate(made, 1)))}
    return [Line(ranks[percent], branch, raw, percent, count) for branch, raw, percent, count in made]
