"""Satisfaction: ratings of the rounds of a questionnaire that were closed in a period, on a scale from 0 to 1.

What was kept when a round was closed is read, so nothing that was not told then is told here (`docs/results.md`): a
branch of too few answers has no figure. It is that of a branch with what is below it, whatever is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from domain.life.evaluation.indicator.model import EMPTY, HIDDEN, NOTHING, WITHHELD, Entry, Source, Tally, cut, figure
from domain.voice.questionnaire.counting import to_counted
from domain.voice.questionnaire.figures import scale
from domain.voice.questionnaire.model import QuestionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from domain.ids import BranchId
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Window
    from domain.life.features import Stores
    from domain.voice.questionnaire.figures import Figure as Ratings
    from domain.voice.questionnaire.round import Round


class Rated(NamedTuple):
    """The ratings of a question by the people of a branch with all below it; `None`: by all who were asked."""

    round: Round
    branch: BranchId | None
    ratings: Ratings


def _rated(stores: Stores, asked: Asked) -> Iterator[Rated]:
    """What may be told, of all rounds."""
    for number in stores.indicators.rounds(asked.about, asked.period):
        one, kept = stores.rounds.get(number), stores.results.kept(number)
        counted = to_counted(one.questionnaire, kept.counted) if one is not None and kept is not None else None
        if one is None or kept is None or counted is None or not kept.final:
            continue
        for part in counted.parts:
            if part.figure.question.kind is QuestionKind.RATING and _may_be_told(one, part.figure):
                yield Rated(one, part.branch, part.figure)


def _may_be_told(one: Round, ratings: Ratings) -> bool:
    return not ratings.hidden and ratings.answered >= one.threshold


def tally(ratings: Ratings) -> Tally:
    """Ratings as parts of the whole scale: the lowest is 0, the highest 1."""
    grades = scale(ratings.question)
    width = grades[-1] - grades[0]
    total = sum(count * (value - grades[0]) for value, count in zip(grades, ratings.counts, strict=True))
    return Tally(Fraction(total, width), ratings.answered)


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    own: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    for one in _rated(stores, asked):
        if one.branch is not None:
            own[one.branch] += tally(one.ratings)
    found = {branch: figure(known) for branch, known in own.items()}
    if not stores.indicators.rounds(asked.about, asked.period):
        return found
    return dict.fromkeys(stores.indicators.parents(), WITHHELD) | found


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    lines = []
    for one in _rated(stores, asked):
        if one.branch == branch and one.round.closed_at is not None:
            known, about = tally(one.ratings), f"round:{one.round.id}"
            lines.append(Entry(branch, one.round.closed_at, one.ratings.question.text, "", known.part, known.of, about))
    if lines:
        return cut(lines, window)
    return HIDDEN if stores.indicators.rounds(asked.about, asked.period) else EMPTY


BRANCHES = Source(_read, _entries)
