"""To whom an overdue task is reported, level by level: giver, secretary, the branches above, administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.administrators import administrators, grants_over, secretaries_among
from domain.people.permission import is_part_of
from domain.work.follow.model import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.model import Task


class Chains:
    """The levels of several tasks; those of a group and a giver are read once."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores
        self._known: dict[tuple[ChatId, MemberId], Sequence[tuple[Level, Sequence[Member]]]] = {}

    def of(self, task: Task, group: Chat) -> list[tuple[Level, list[Member]]]:
        """The levels at which somebody can be written to who is not told already at a lower one, nor is the owner."""
        key = group.id, task.giver.id
        if key not in self._known:
            self._known[key] = list(_levels(self._stores, group, task.giver))
        told, found = {task.owner.id}, []
        for level, people in self._known[key]:
            there = [one for one in people if one.private is not None and one.id not in told]
            if there:
                told |= {one.id for one in there}
                found.append((level, there))
        return found


def _levels(stores: Stores, group: Chat, giver: Member) -> Iterator[tuple[Level, Sequence[Member]]]:
    if giver.is_person and is_part_of(stores, giver.id, group):
        yield Level.GIVER, [giver]
    own = [one for one in grants_over(stores, group) if one.area.group == group.id]
    level, first = Level.SECRETARY, secretaries_among(own)
    for branch in () if group.branch is None else stores.branches.ancestors(group.branch):
        people = [*first, *secretaries_among(stores.grants.of_branch(branch.id))]
        first = []
        if people:
            yield level, _once(people)
            level = Level.ABOVE
    if first:
        yield level, _once(first)
    yield Level.ADMINISTRATOR, administrators(stores)


def _once(people: Sequence[Member]) -> list[Member]:
    return list({one.id: one for one in people}.values())
