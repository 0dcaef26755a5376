"""Training: of the required trainings of people, those that hold on the last day of a period.

As in `domain.life.training.coverage`, for all branches at once: what a branch has planned is for its people and those
below it. People are those who were on the roster on that day; what they are (a role, party members) is read as of now.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import plain
from domain.life.evaluation.indicator.model import A_DAY, EVERYWHERE, Entry, Tally, Word, cut, figure
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant
from domain.life.training.model import Scope
from domain.life.training.standing import alike, in_force, state

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from domain.ids import BranchId, MemberId, PersonId, TrainingId
    from domain.life.evaluation.indicator.counted import Stay
    from domain.life.evaluation.indicator.model import Asked, Figure, Page, Period, Whose, Window
    from domain.life.evaluation.indicator.tree import Parents
    from domain.life.features import Stores
    from domain.life.training.model import Record, Training

TRAINING = Word("training")


class Duty(NamedTuple):
    """Somebody, and a training that is required of them; `record` is that by which it holds, if it does."""

    stay: Stay
    training: Training
    record: Record | None


class Facts(NamedTuple):
    """What is read once for all branches."""

    trainings: Mapping[BranchId, Sequence[Training]]  # by the branch that has planned them
    of_person: Mapping[PersonId, Sequence[Record]]
    of_member: Mapping[MemberId, Sequence[Record]]
    parents: Parents
    roles: Mapping[PersonId, str]
    outside: Collection[PersonId]  # of the party


def _facts(stores: Stores, asked: Asked, planned: Sequence[Training], stays: Sequence[Stay]) -> Facts:
    by_branch: defaultdict[BranchId, list[Training]] = defaultdict(list)
    for one in planned:
        if one.branch is not None:
            by_branch[one.branch].append(one)
    of_person: defaultdict[PersonId, list[Record]] = defaultdict(list)
    of_member: defaultdict[MemberId, list[Record]] = defaultdict(list)
    some = None if asked.within == EVERYWHERE else stays
    for record in stores.indicators.training_records([one.id for one in planned], some, asked.period.last):
        if record.person is not None:
            of_person[record.person].append(record)
        elif record.member is not None:
            of_member[record.member].append(record)
    scopes = {one.whom.scope for one in planned}
    return Facts(
        by_branch,
        of_person,
        of_member,
        stores.indicators.parents(),
        {one.id: plain.key(one.role) for one in stores.people.all()} if Scope.ROLE in scopes else {},
        stores.indicators.outside_the_party() if Scope.PARTY in scopes else frozenset(),
    )


def _duties(stores: Stores, asked: Asked) -> Iterator[Duty]:
    days = asked.period
    planned = stores.indicators.required_trainings(days)
    if not planned:
        return
    stays = [one for one in stores.indicators.stays(days, asked.within) if one.until == days.until]
    facts = _facts(stores, asked, planned, stays)
    forces: dict[BranchId, tuple[Sequence[Training], Mapping[str, frozenset[TrainingId]]]] = {}
    for stay in stays:
        if stay.branch not in forces:
            there = [one for above in _above(stay.branch, facts.parents) for one in facts.trainings.get(above, ())]
            forces[stay.branch] = in_force(there, days.last), alike(there)
        required, same = forces[stay.branch]
        records = [*facts.of_person.get(stay.person, ()), *_of_account(stay, facts)] if required else []
        for training in required:
            if _is_meant(training, stay, facts):
                mine = [one for one in records if one.training in same[training.key]]
                found = state(training, mine, days.last)
                yield Duty(stay, training, found.record if found.standing.holds else None)


def _of_account(stay: Stay, facts: Facts) -> Sequence[Record]:
    return facts.of_member.get(stay.member, ()) if stay.member is not None else ()


def _above(branch: BranchId, parents: Parents) -> Iterator[BranchId]:
    """A branch and what it is part of."""
    at: BranchId | None = branch
    while at is not None:
        yield at
        at = parents.get(at)


def _is_meant(training: Training, stay: Stay, facts: Facts) -> bool:
    match training.whom.scope:
        case Scope.PARTY:
            return stay.person not in facts.outside
        case Scope.BRANCH:
            return any(one == training.whom.branch for one in _above(stay.branch, facts.parents))
        case Scope.ROLE:
            return facts.roles.get(stay.person) == plain.key(training.whom.name)
    return True


def _entry(one: Duty, days: Period) -> Entry:
    """A duty that holds is told on the day of its record, one that does not on the last day."""
    at = days.until - A_DAY if one.record is None else days.moment(one.record.got_on)
    part, about = Fraction(int(one.record is not None)), f"training:{one.training.id}"
    return Entry(one.stay.branch, at, one.training.subject, one.stay.name, part, 1, about)


def _tallies(stores: Stores, asked: Asked, whose: Callable[[Stay], Whose]) -> dict[Whose, Tally]:
    part: defaultdict[Whose, int] = defaultdict(int)
    of: defaultdict[Whose, int] = defaultdict(int)
    for one in _duties(stores, asked):
        key = whose(one.stay)
        of[key] += 1
        part[key] += one.record is not None
    return {key: Tally(Fraction(part[key]), count) for key, count in of.items()}


def _branch(stay: Stay) -> BranchId:
    return stay.branch


def _person(stay: Stay) -> PersonId:
    return stay.person


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    return figures(stores, _tallies(stores, asked, _branch), asked)


def _read_people(stores: Stores, asked: Asked) -> Mapping[PersonId, Figure]:
    return {one: figure(tally) for one, tally in _tallies(stores, asked, _person).items()}


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    branches, days = meant(stores, branch, asked), asked.period
    return cut([_entry(one, days) for one in _duties(stores, asked) if one.stay.branch in branches], window)


def _entries_of_person(stores: Stores, person: PersonId, asked: Asked, window: Window) -> Page:
    days = asked.period
    return cut([_entry(one, days) for one in _duties(stores, asked) if one.stay.person == person], window)


BRANCHES, PEOPLE = Source(_read, _entries), Source(_read_people, _entries_of_person)
