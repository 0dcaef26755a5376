"""What another scheme would have given since a day, for each person and branch, beside what was given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from domain.admin.seal import BEFORE_ALL
from domain.people.permission import Permission, require_everywhere
from domain.points.period import Every, containing
from domain.points.scheme.replay import Replay
from domain.points.scheme.versions import always

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId, ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.points.features import Stores
    from domain.points.scheme.model import Scheme

AT_ONCE = 1000  # entries of the ledger looked at in one go


class Change(NamedTuple):
    """A person's points since the day: as given, and as the new scheme would have given them."""

    member: Member
    branch: str
    now: int
    then: int


class BranchChange(NamedTuple):
    """The same of all people of a branch. Those whom the roster does not know have no branch."""

    branch: str
    people: int
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Simulated:
    """What would have been otherwise, the largest differences first."""

    since: date
    people: Sequence[Change]
    branches: Sequence[BranchChange]
    now: int
    then: int

    @property
    def changed(self) -> int:
        """How many people would have had other points."""
        return sum(one.now != one.then for one in self.people)


@dataclass(slots=True)
class Simulation:
    """The ledger since a day under another scheme, some entries at a time: `step` until it is false, then `result`."""

    scheme: Scheme
    since: date
    replay: Replay = field(init=False)
    position: int = BEFORE_ALL
    now: Counter[MemberId] = field(default_factory=Counter)
    then: Counter[MemberId] = field(default_factory=Counter)
    groups: dict[ChatId, Chat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.replay = Replay(always(self.scheme), self.since)

    def step(self, stores: Stores) -> bool:
        """Look at the next entries; false once there are no more."""
        begun = min(containing(every, self.since).first for every in Every)  # caps of the year count what was before
        lines = stores.points.lines_since(begun, self.position, AT_ONCE)
        for line in lines:
            entry = line.entry
            if entry.group not in self.groups:
                self.groups[entry.group] = stores.chats.get(entry.group)
            points = self.replay.enter(entry, line.ordinal, self.groups[entry.group])
            if entry.day >= self.since:
                self.now[entry.member] += entry.points
                self.then[entry.member] += points
            self.position = line.number
        return len(lines) == AT_ONCE

    def result(self, stores: Stores) -> Simulated:
        """What came out, once all has been looked at."""
        members = sorted(self.now)
        names = {branch.id: branch.name for branch in stores.branches.all()}
        homes = {one.member: one.branch for one in stores.people.of_members(members) if one.member is not None}
        people = [
            Change(member, _home(names, homes, member.id), self.now[member.id], self.then[member.id])
            for member in stores.members.several(members)
        ]
        people.sort(key=lambda one: (-abs(one.then - one.now), one.member.id))
        return Simulated(self.since, people, _branches(people), self.now.total(), self.then.total())


def _home(names: dict[BranchId, str], homes: dict[MemberId, BranchId], member: MemberId) -> str:
    return names.get(homes[member], "") if member in homes else ""


def _branches(people: Sequence[Change]) -> Sequence[BranchChange]:
    heads: Counter[str] = Counter()
    now: Counter[str] = Counter()
    then: Counter[str] = Counter()
    for one in people:
        heads[one.branch] += 1
        now[one.branch] += one.now
        then[one.branch] += one.then
    found = [BranchChange(branch, heads[branch], now[branch], then[branch]) for branch in heads]
    return sorted(found, key=lambda one: (-abs(one.then - one.now), one.branch))


def run(stores: Stores, *, scheme: Scheme, since: date) -> Simulated:
    """A whole simulation at once: for the command line."""
    simulation = Simulation(scheme, since)
    while simulation.step(stores):
        pass
    return simulation.result(stores)


def step(stores: Stores, actor: Actor, *, simulation: Simulation) -> Simulated | None:
    """A step of a simulation for somebody who may activate schemes; its result once it has come to its end."""
    require_everywhere(stores, actor, Permission.CHANGE_POINTS)
    return None if simulation.step(stores) else simulation.result(stores)
