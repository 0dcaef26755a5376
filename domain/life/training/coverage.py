"""Who is due, and how much of the required trainings is done: by training, branch and role, with names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.ids import BranchId
from domain.life.training import people
from domain.life.training.planning import applying
from domain.life.training.standing import Standing, alike, in_force, state
from domain.people.permission import Permission, require
from domain.refusal import NoMore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from domain.ids import PersonId
    from domain.life.features import Stores
    from domain.life.training.model import Record, Training
    from domain.life.training.people import Learner
    from domain.life.training.standing import State
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member


class By(StrEnum):
    """What coverage is told by."""

    TRAINING = "training"
    BRANCH = "branch"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Duty:
    """A required training of somebody, and how they stand with it."""

    learner: Learner
    training: Training
    state: State

    @property
    def is_due(self) -> bool:
        """Whether something is to be done: never done, run out, or about to."""
        return self.state.standing is not Standing.DONE


@dataclass(frozen=True, slots=True)
class Line:
    """How many of how many duties hold. `number` finds the line again: a training, a branch, or somebody of a role."""

    name: str
    number: int
    holds: int
    of: int

    @property
    def percent(self) -> int:
        """In hundredths, rounded down: 100 means all."""
        return self.holds * 100 // self.of if self.of else 100


@dataclass(frozen=True, slots=True)
class Coverage:
    """The duties of a group's people, told by training, by branch and by role."""

    group: Chat
    day: date
    holds: int
    of: int
    lines: Mapping[By, Sequence[Line]]

    @property
    def percent(self) -> int:
        """In hundredths, rounded down."""
        return self.holds * 100 // self.of if self.of else 100


@dataclass(frozen=True, slots=True)
class Names:
    """Who is due, by one line of the coverage, or of the whole group."""

    group: Chat
    day: date
    line: Line | None
    duties: Sequence[Duty]


def duties(stores: Stores, group: Chat, day: date) -> list[Duty]:
    """All required trainings of all people of a group that have begun to be due."""
    trainings = applying(stores, group)
    required = in_force(trainings, day)
    if not required:
        return []
    everybody, records = people.of_group(stores, group), _records(stores, group, trainings)
    same, found = alike(trainings), []
    for training in required:
        counted = same[training.key]
        for learner in people.meant(stores, training.whom, training.branch, everybody):
            mine = (one for one in records.get(_key(learner), ()) if one.training in counted)
            found.append(Duty(learner, training, state(training, mine, day)))
    return found


Key = tuple[str, int | None]


def _key(learner: Learner) -> Key:
    return ("person", learner.person) if learner.person is not None else ("member", learner.member)


def _records(stores: Stores, group: Chat, trainings: Iterable[Training]) -> dict[Key, list[Record]]:
    """Records by whose they are; those of an account are also found by its person."""
    found: dict[Key, list[Record]] = {}
    records = stores.trainings.records([one.id for one in trainings], group.branch)
    members = {one.member for one in records if one.person is None and one.member is not None}
    persons = {one.member: one.id for one in stores.people.of_members(members)}
    for one in records:
        person: PersonId | None = one.person if one.person is not None else persons.get(one.member)
        keys: list[Key] = [("person", person)] if person is not None else []
        if one.person is None:
            keys.append(("member", one.member))
        for key in keys:
            found.setdefault(key, []).append(one)
    return found


def coverage(stores: Stores, actor: Actor) -> Coverage:
    """How much of the required trainings of the group's people is done."""
    require(stores, actor, Permission.PLAN_WORK)
    return covered(stores, actor.group, actor.today)


def covered(stores: Stores, group: Chat, day: date) -> Coverage:
    """The same, for the program itself."""
    found = duties(stores, group, day)
    tops = _tops(stores, group)
    holders = {one.learner.role: one.learner.person or 0 for one in reversed(found)}
    by_branch = _lines(found, lambda one: _branch(tops, one.learner))
    by_role = _lines(found, lambda one: (one.learner.role, holders[one.learner.role]))
    lines = {
        By.TRAINING: _lines(found, lambda one: (one.training.subject, one.training.id)),
        By.BRANCH: [one for one in by_branch if one.number],
        By.ROLE: [one for one in by_role if one.name],
    }
    return Coverage(group, day, sum(one.state.standing.holds for one in found), len(found), lines)


def _tops(stores: Stores, group: Chat) -> Mapping[BranchId, Branch]:
    """The branch right below the group's own to which each belongs; its own people count as its own."""
    if group.branch is None:
        return {}
    found = {group.branch: stores.branches.get(group.branch)}
    for child in stores.branches.children(group.branch):
        found.update(dict.fromkeys(stores.branches.subtree(child.id), child))
    return found


def _branch(tops: Mapping[BranchId, Branch], learner: Learner) -> tuple[str, int]:
    top = None if learner.branch is None else tops.get(learner.branch)
    return ("", 0) if top is None else (top.name, top.id)


def _lines(found: Sequence[Duty], told_by: Callable[[Duty], tuple[str, int]]) -> list[Line]:
    counted: dict[tuple[str, int], list[int]] = {}
    for one in found:
        count = counted.setdefault(told_by(one), [0, 0])
        count[0] += one.state.standing.holds
        count[1] += 1
    lines = [Line(name, number, holds, of) for (name, number), (holds, of) in counted.items()]
    return sorted(lines, key=lambda one: (one.percent, one.name))


def due(stores: Stores, actor: Actor) -> Names:
    """Who of the group has a required training to do, or to do anew within 60 days."""
    require(stores, actor, Permission.PLAN_WORK)
    found = [one for one in duties(stores, actor.group, actor.today) if one.is_due]
    return Names(actor.group, actor.today, None, found)


def names(stores: Stores, actor: Actor, *, by: By, number: int) -> Names:
    """Who is due by one line of the coverage. Raises NoMore."""
    whole = coverage(stores, actor)
    line = next((one for one in whole.lines[by] if one.number == number), None)
    if line is None:
        raise NoMore
    tops = _tops(stores, actor.group)

    def belongs(one: Duty) -> bool:
        if by is By.TRAINING:
            return one.training.id == number
        if by is By.BRANCH:
            return _branch(tops, one.learner)[1] == number
        return one.learner.role == line.name

    found = [one for one in duties(stores, actor.group, actor.today) if one.is_due and belongs(one)]
    return Names(actor.group, actor.today, line, found)


def duties_of(stores: Stores, member: Member, day: date) -> list[Duty]:
    """The required trainings that somebody has to do themselves, on a day; none for who has left."""
    person = stores.people.of_member(member.id)
    if person is not None and person.left_on is not None and person.left_on <= day:
        return []
    me = people.Learner(None, member.id, member.name) if person is None else people.of_person(person)
    trainings = in_force(_applying_to(stores, me), day)
    found = [one for one in trainings if people.meant(stores, one.whom, one.branch, [me])]
    if not found:
        return []
    records = stores.trainings.records_of(me.person, member.id)
    mine = [Duty(me, training, _own_state(stores, training, records, day)) for training in found]
    return [one for one in mine if one.is_due]


def _own_state(stores: Stores, training: Training, records: Sequence[Record], day: date) -> State:
    counted = []
    for one in records:
        other = training if one.training == training.id else stores.trainings.get(one.training)
        if other is not None and other.key == training.key:
            counted.append(one)
    return state(training, counted, day)


def _applying_to(stores: Stores, me: Learner) -> list[Training]:
    """The trainings of the branches of somebody; of their home group where they are on no roster."""
    if me.branch is not None:
        return stores.trainings.over([one.id for one in stores.branches.ancestors(me.branch)], None)
    home = None if me.member is None else stores.members.home(me.member)
    return [] if home is None else [one for one in stores.trainings.of_group(home) if one.branch is None]
