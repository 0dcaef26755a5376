"""Every figure opens to what happened; a result goes into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator import BY_WORD, Window, Word
from domain.life.evaluation.looking import in_stage, run_by, seen
from domain.life.evaluation.model import Stage
from domain.life.evaluation.pictures import Award, Days
from domain.life.evaluation.refusing import EvaluationNotFound, WrongStage
from domain.life.evaluation.schemes import scheme_of
from domain.life.evaluation.standing import figures, period_of, placed
from domain.points.due import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import EvaluatedId, EvaluationId
    from domain.life.evaluation.indicator import Entry, Figure
    from domain.life.evaluation.model import Change, Evaluated, Evaluation
    from domain.life.evaluation.rules import Placed
    from domain.life.evaluation.scheme import Item, Scheme
    from domain.life.features import Stores
    from domain.people.actor import Actor

PER_PAGE = 15


@dataclass(frozen=True, slots=True)
class Opened:
    """What happened behind a figure: some entries, how many there are, whether some may not be told."""

    evaluated: Evaluated
    item: Item
    place: int
    entries: Sequence[Entry]
    page: int
    total: int
    withheld: bool = False

    @property
    def has_more(self) -> bool:
        """Whether there is another page."""
        return (self.page + 1) * PER_PAGE < self.total


@dataclass(frozen=True, slots=True)
class Standings:
    """How all of an evaluation stand, by place; before publicity it is what the rules give now."""

    evaluation: Evaluation
    scheme: Scheme
    lines: Sequence[tuple[Evaluated, Placed]]


@dataclass(frozen=True, slots=True)
class Report:
    """All of an evaluation for a file: each one's place, figures and points, and what was changed."""

    standings: Standings
    figures: Mapping[EvaluatedId, Mapping[str, Figure]]
    points: Mapping[EvaluatedId, Mapping[str, int | None]]
    changes: Sequence[tuple[str, Change]]


def entries(stores: Stores, actor: Actor, *, number: EvaluatedId, place: int, page: int = 0) -> Opened:
    """What happened behind a figure of one. Raises EvaluationNotFound."""
    found, one = seen(stores, actor, number=number)
    items = scheme_of(stores, found.version).items
    indicator = BY_WORD.get(Word(items[place].source)) if 0 <= place < len(items) else None
    if indicator is None:
        raise EvaluationNotFound
    item, window = items[place], Window(page * PER_PAGE, PER_PAGE)
    period = period_of(stores, found)
    if one.person is None:
        listed = indicator.entries(stores, one.branch, period, about=item.about, window=window)
    else:
        listed = indicator.entries_of_person(stores, one.person, period, about=item.about, window=window)
    return Opened(one, item, place, listed.entries, page, listed.total, listed.withheld)


def standings(stores: Stores, actor: Actor, *, number: EvaluationId) -> Standings:
    """How all stand, for the office. Raises EvaluationNotFound, NotInCharge."""
    return _standings(stores, run_by(stores, actor, number=number))


def _standings(stores: Stores, found: Evaluation) -> Standings:
    scheme, subjects = scheme_of(stores, found.version), stores.evaluations.subjects(found.id)
    results = placed(stores, found, scheme, subjects)
    lines = [(one, results[one.id]) for one in subjects if one.id in results]
    return Standings(found, scheme, sorted(lines, key=lambda line: line[1].place))


def report(stores: Stores, actor: Actor, *, number: EvaluationId) -> Report:
    """All that a file has, for the office. Raises EvaluationNotFound, NotInCharge."""
    found = standings(stores, actor, number=number)
    subjects = [one for one, _ in found.lines]
    marks = stores.evaluations.marks(number)
    names = {one.id: one.name for one in subjects}
    changes = [(names.get(of, ""), one) for of, one in stores.evaluations.all_changes(number)]
    points = {of: {name: mark.given for name, mark in some.items()} for of, some in marks.items()}
    return Report(found, figures(stores, found.evaluation, found.scheme, subjects), points, changes)


def award(stores: Stores, actor: Actor, *, number: EvaluatedId) -> Award:
    """What the certificate of one says. Raises EvaluationNotFound; WrongStage before it is final, or without stars."""
    found, one = seen(stores, actor, number=number)
    in_stage(found, Stage.FINAL)
    if one.result is None or not one.result.stars or not one.is_in or found.ended_at is None:
        raise WrongStage(evaluation=found)
    return Award(
        one.name,
        scheme_of(stores, found.version).grade(one.result.stars).title,
        found.title,
        Days(found.first, found.last),
        stores.branches.get(found.root).name,
        day_of(stores, found.ended_at),
        is_team=one.person is None,
    )
