"""What a scheme would have given for some days, from what the store has of them; nothing is changed.

What people give points for is left out, and the other weights are scaled up; vetoes are nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.life.evaluation.indicator import BY_WORD, EVERYWHERE, NO_DATA, Word
from domain.life.evaluation.rules import Facts, place
from domain.life.evaluation.scheme import Kind
from domain.life.evaluation.standing import value_of
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from domain.ids import BranchId, PersonId
    from domain.life.evaluation.indicator import Figure, Period
    from domain.life.evaluation.rules import Placed
    from domain.life.evaluation.scheme import Grade, Item, Scheme
    from domain.life.features import Stores
    from domain.people.branch import Branch, BranchKind


class NothingCounted(Refusal):
    """People give points for everything in the scheme: the store has nothing to count."""

    text = "indicator.nothing_counted"


@dataclass(frozen=True, slots=True)
class Line:
    """One who would have been evaluated: place, score and stars, and the figures by the names of the indicators."""

    name: str
    placed: Placed
    grade: Grade
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Simulated:
    """All of them by place; `left_out` is what people would have given points for."""

    scheme: Scheme
    period: Period
    lines: Sequence[Line]

    @property
    def counted(self) -> Sequence[Item]:
        """What was read from the store."""
        return self.scheme.counted

    @property
    def left_out(self) -> Sequence[Item]:
        """What people would have given points for."""
        return self.scheme.scored


@dataclass(frozen=True, slots=True)
class Subject:
    """One who would be evaluated: a branch, or a person in one. `people` is how many are in it."""

    name: str
    level: BranchKind
    branch: BranchId
    person: PersonId | None = None
    people: int = 1


def run(stores: Stores, *, scheme: Scheme, period: Period) -> Simulated:
    """A whole simulation, of all branches, teams or persons that were there at the end of the days.

    Raises NothingCounted.
    """
    if not scheme.counted:
        raise NothingCounted(scheme=scheme)
    subjects = _subjects(stores, scheme, period)
    found = {item.name: _figures(stores, item, subjects, period) for item in scheme.counted}
    facts = [
        Facts(
            number,
            {item.name: value_of(item, found[item.name][number]) for item in scheme.counted},
            one.level,
            people=one.people,
        )
        for number, one in enumerate(subjects)
    ]
    lines = [
        Line(
            subjects[one.number].name,
            one,
            scheme.grade(one.stars),
            {name: figures[one.number] for name, figures in found.items()},
        )
        for one in place(replace(scheme, items=scheme.counted), facts)
    ]
    return Simulated(scheme, period, lines)


def _figures(stores: Stores, item: Item, subjects: Sequence[Subject], period: Period) -> Sequence[Figure]:
    indicator = BY_WORD.get(Word(item.source))
    if indicator is None:
        return [NO_DATA] * len(subjects)
    people = [one.person for one in subjects if one.person is not None]
    if people:
        of_people = indicator.read_people(stores, people, period, about=item.about)
        return [NO_DATA if one.person is None else of_people[one.person] for one in subjects]
    of_branches = indicator.read(stores, [one.branch for one in subjects], period, about=item.about)
    return [of_branches[one.branch] for one in subjects]


def _subjects(stores: Stores, scheme: Scheme, period: Period) -> list[Subject]:
    there = [one for one in stores.indicators.standing(period) if _is_there(one, period)]
    if scheme.kind is Kind.PERSON:
        return _people(stores, there, period)
    sizes, parents = stores.branches.sizes(), {one.parent for one in there}
    meant = [one for one in there if one.kind in scheme.levels]
    if scheme.kind is Kind.TEAM:
        meant = [one for one in meant if one.id not in parents]
    return [Subject(one.name, one.kind, one.id, people=sizes.get(one.id, 0)) for one in meant]


def _is_there(branch: Branch, period: Period) -> bool:
    return branch.closed_at is None or branch.closed_at >= period.until


def _people(stores: Stores, there: Sequence[Branch], period: Period) -> list[Subject]:
    """Who was on the roster on the last day."""
    kinds = {one.id: one.kind for one in there}
    stays = [
        one for one in stores.indicators.stays(period, EVERYWHERE) if one.until == period.until and one.branch in kinds
    ]
    return [Subject(one.name, kinds[one.branch], one.branch, one.person) for one in stays]
