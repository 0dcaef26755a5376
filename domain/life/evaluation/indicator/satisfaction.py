"""Satisfaction: ratings of the rounds of a questionnaire that were closed in a period, on a scale from 0 to 1.

What was kept when a round was closed is read, so nothing that was not told then is told here (`docs/results.md`): a
branch of too few answers has no figure. It is that of a branch with what is below it, whatever is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from domain.life.evaluation.indicator.model import EMPTY, HIDDEN, NOTHING, WITHHELD, Entry, Tally, cut, figure
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import below
from domain.voice.questionnaire.counting import to_counted
from domain.voice.questionnaire.figures import scale
from domain.voice.questionnaire.model import QuestionKind
from domain.voice.questionnaire.threshold import told_branches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.ids import BranchId
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Window
    from domain.life.evaluation.indicator.tree import Parents
    from domain.life.features import Stores
    from domain.voice.questionnaire.figures import Figure as Ratings
    from domain.voice.questionnaire.round import Round


class Rated(NamedTuple):
    """The ratings of a question by the people of a branch with all below it."""

    round: Round
    branch: BranchId
    ratings: Ratings


def _rounds(stores: Stores, asked: Asked) -> list[Round]:
    found = (stores.rounds.get(number) for number in stores.indicators.rounds(asked.about, asked.period))
    return [one for one in found if one is not None]


def rated(stores: Stores, rounds: Sequence[Round]) -> Iterator[Rated]:
    """What may be told, of all rounds."""
    for one in rounds:
        kept = stores.results.kept(one.id)
        counted = None if kept is None else to_counted(one.questionnaire, kept.counted)
        if kept is None or counted is None or not kept.final:
            continue
        for its in counted.figures:
            if its.question.kind is QuestionKind.RATING:
                parts = {part.branch: part.figure for part in counted.parts_of(its.question.key)}
                told = _told(parts, its, stores.indicators.parents(), one.threshold)
                yield from (Rated(one, branch, parts[branch]) for branch in told)


def _told(parts: Mapping[BranchId, Ratings], whole: Ratings, parents: Parents, least: int) -> list[BranchId]:
    """Of the branches that were told to those in charge, those that everybody may read.

    Of a named round those in charge are told of a single person; the rule of `threshold` holds for it here as well.
    """
    answered: dict[BranchId | None, int] = {None: whole.answered}
    asked: dict[BranchId | None, int] = {None: whole.asked}
    for branch, one in parts.items():
        answered[branch], asked[branch] = one.answered, one.asked
    for branch, one in parts.items():
        above = parents.get(branch)
        while above is not None and above not in parts:
            above = parents.get(above)
        answered[above] -= one.answered
        asked[above] -= one.asked
    return [one for one in told_branches(answered, asked, parents, least) if one in parts]


def tally(ratings: Ratings) -> Tally:
    """Ratings as parts of the whole scale: the lowest is 0, the highest 1."""
    grades = scale(ratings.question)
    width = grades[-1] - grades[0]
    total = sum(count * (value - grades[0]) for value, count in zip(grades, ratings.counts, strict=True))
    return Tally(Fraction(total, width), ratings.answered)


def _were_asked(stores: Stores, rounds: Sequence[Round]) -> set[BranchId]:
    """The branches whose people were asked, with those above them: their figure is withheld where there is none."""
    parents = stores.indicators.parents()
    found: set[BranchId] = set()
    for one in rounds:
        home = stores.chats.get(one.audience.group).branch if one.audience.group is not None else None
        for branch in {*one.audience.branches, *([] if home is None else [home])}:
            found |= below(branch, parents)
            at: BranchId | None = branch
            while at is not None:
                found.add(at)
                at = parents.get(at)
    return found


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    own: defaultdict[BranchId, Tally] = defaultdict(lambda: NOTHING)
    rounds = _rounds(stores, asked)
    for one in rated(stores, rounds):
        own[one.branch] += tally(one.ratings)
    found = {branch: figure(known) for branch, known in own.items()}
    return dict.fromkeys(_were_asked(stores, rounds), WITHHELD) | found


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    lines, rounds = [], _rounds(stores, asked)
    for one in rated(stores, rounds):
        if one.branch == branch and one.round.closed_at is not None:
            known, about = tally(one.ratings), f"round:{one.round.id}"
            lines.append(Entry(branch, one.round.closed_at, one.ratings.question.text, "", known.part, known.of, about))
    if lines:
        return cut(lines, window)
    return HIDDEN if branch in _were_asked(stores, rounds) else EMPTY


BRANCHES = Source(_read, _entries)
