"""How those who are evaluated stand: figures of the store, points that people gave, and what the rules make of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.ids import EvaluatedId
from domain.life.evaluation.indicator import BY_WORD, NO_DATA, Figure, Period, Unit, Word
from domain.life.evaluation.model import Mark, Result, Sheet
from domain.life.evaluation.rules import Facts, place
from domain.life.evaluation.schemes import scheme_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId, PersonId
    from domain.life.evaluation.model import Evaluated, Evaluation
    from domain.life.evaluation.rules import Placed
    from domain.life.evaluation.scheme import Item, Scheme
    from domain.life.features import Stores

HUNDRED = 100
Figures = dict[EvaluatedId, dict[str, Figure]]


def period_of(stores: Stores, evaluation: Evaluation) -> Period:
    """The days of an evaluation on the enterprise's clock."""
    return Period(evaluation.first, evaluation.last, ZoneInfo(stores.enterprise.locale.zone))


def figures(stores: Stores, evaluation: Evaluation, scheme: Scheme, subjects: Sequence[Evaluated]) -> Figures:
    """What the store has of some of those evaluated: as of publicity where it has begun, else as of now."""
    found: Figures = {one.id: {} for one in subjects}
    if evaluation.is_frozen:
        marks = _marks(stores, evaluation, subjects)
        for one in subjects:
            found[one.id] = {item.name: _taken(marks.get(one.id, {}), item.name) for item in scheme.counted}
        return found
    return counted(stores, evaluation, scheme, subjects)


def counted(stores: Stores, evaluation: Evaluation, scheme: Scheme, subjects: Sequence[Evaluated]) -> Figures:
    """What the store has of them now. One statement an indicator, however many are evaluated."""
    found: Figures = {one.id: {} for one in subjects}
    for item in scheme.counted:
        of_branches, of_people = _read(stores, evaluation, item, subjects)
        for one in subjects:
            figure = of_branches.get(one.branch) if one.person is None else of_people.get(one.person)
            found[one.id][item.name] = figure or NO_DATA
    return found


def _marks(
    stores: Stores, evaluation: Evaluation, subjects: Sequence[Evaluated]
) -> Mapping[EvaluatedId, Mapping[str, Mark]]:
    """The marks of some: of one alone, those of all are not read."""
    if len(subjects) == 1:
        return {subjects[0].id: stores.evaluations.marks_of(subjects[0].id)}
    return stores.evaluations.marks(evaluation.id)


def _taken(marks: Mapping[str, Mark], item: str) -> Figure:
    mark = marks.get(item)
    return NO_DATA if mark is None else Figure(mark.figure, mark.of, mark.withheld)


def _read(
    stores: Stores, evaluation: Evaluation, item: Item, subjects: Sequence[Evaluated]
) -> tuple[Mapping[BranchId, Figure], Mapping[PersonId, Figure]]:
    indicator = BY_WORD.get(Word(item.source))
    if indicator is None:
        return {}, {}  # a word of another version of the program
    period = period_of(stores, evaluation)
    people = [one.person for one in subjects if one.person is not None]
    if people:
        return {}, indicator.read_people(stores, people, period, about=item.about)
    branches = [one.branch for one in subjects]
    return indicator.read(stores, branches, period, about=item.about), {}


def value_of(item: Item, figure: Figure) -> Fraction | None:
    """A figure on the scale of a scheme: shares in hundredths."""
    indicator = BY_WORD.get(Word(item.source))
    if figure.value is None or indicator is None:
        return None
    return figure.value * HUNDRED if indicator.unit is Unit.SHARE else Fraction(figure.value)


def placed(
    stores: Stores, evaluation: Evaluation, scheme: Scheme, subjects: Sequence[Evaluated], found: Figures | None = None
) -> dict[EvaluatedId, Placed]:
    """What the rules give all of them who are in."""
    there = [one for one in subjects if one.is_in]
    found = figures(stores, evaluation, scheme, there) if found is None else found
    marks, previous = stores.evaluations.marks(evaluation.id), _previous(stores, evaluation, there)
    sizes = stores.branches.sizes()
    facts = [
        Facts(
            one.id,
            values(scheme, found.get(one.id, {}), marks.get(one.id, {})),
            one.level,
            one.vetoes,
            previous.get(one.id, 0),
            sizes.get(one.branch, 0) if one.person is None else 1,
        )
        for one in there
    ]
    return {EvaluatedId(one.number): one for one in place(scheme, facts)}


def values(scheme: Scheme, found: Mapping[str, Figure], marks: Mapping[str, Mark]) -> dict[str, Fraction | None]:
    """The values of the indicators; until a reviewer has given points, those that they gave themselves count."""
    known: dict[str, Fraction | None] = {
        item.name: value_of(item, found.get(item.name, NO_DATA)) for item in scheme.counted
    }
    for item in scheme.scored:
        mark = marks.get(item.name, Mark(item.name))
        points = mark.own if mark.given is None else mark.given
        known[item.name] = None if points is None else Fraction(points)
    return known


def _previous(stores: Stores, evaluation: Evaluation, subjects: Sequence[Evaluated]) -> dict[EvaluatedId, int]:
    """The stars of the last evaluation of the same kind that was final before."""
    branches = [one.branch for one in subjects if one.person is None]
    people = [one.person for one in subjects if one.person is not None]
    newest: dict[tuple[BranchId | None, PersonId | None], int] = {}
    for one, other in stores.evaluations.stars(branches, people):
        if other.kind is evaluation.kind and other.last < evaluation.first and one.result is not None:
            newest.setdefault(_who(one), one.result.stars)
    return {one.id: newest.get(_who(one), 0) for one in subjects}


def _who(one: Evaluated) -> tuple[BranchId | None, PersonId | None]:
    """A branch, or a person, who is the same in another branch."""
    return (one.branch, None) if one.person is None else (None, one.person)


def sheet(stores: Stores, evaluation: Evaluation, evaluated: Evaluated, found: Figures | None = None) -> Sheet:
    """All that is known of one, with its own score; `found` are figures that were read before."""
    scheme = scheme_of(stores, evaluation.version)
    mine = (figures(stores, evaluation, scheme, [evaluated]) if found is None else found).get(evaluated.id, {})
    marks = stores.evaluations.marks_of(evaluated.id)
    facts = Facts(evaluated.id, values(scheme, mine, marks), evaluated.level, evaluated.vetoes)
    changes = stores.evaluations.changes(evaluated.id)
    return Sheet(evaluation, scheme, evaluated, marks, mine, place(scheme, [facts])[0], changes)


def freeze(stores: Stores, evaluation: Evaluation, scheme: Scheme, subjects: Sequence[Evaluated]) -> None:
    """Take the figures of the store as they are now, for some of those evaluated."""
    taken = counted(stores, evaluation, scheme, subjects)
    known = stores.evaluations.marks(evaluation.id)
    stores.evaluations.put_marks(
        {
            number: [
                replace(before, figure=figure.value, of=figure.of, withheld=figure.withheld)
                for item, figure in of.items()
                for before in [known.get(number, {}).get(item, Mark(item))]
            ]
            for number, of in taken.items()
        }
    )


def settle(stores: Stores, evaluation: Evaluation, scheme: Scheme, subjects: Sequence[Evaluated]) -> None:
    """Keep what the rules give as the results, from the figures that were taken."""
    results = placed(stores, evaluation, scheme, subjects)
    stores.evaluations.save_results(
        {
            number: Result(one.score, one.rank, one.place, one.stars, tuple(one.because), one.tied_by)
            for number, one in results.items()
        }
    )
