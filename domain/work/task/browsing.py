"""Looks through open tasks: one's own, those that one has given, those of one's groups; and the page of one task."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.people import leading
from domain.people.permission import Permission, allows, is_part_of, require
from domain.work.task import changes
from domain.work.task.cards import LISTED
from domain.work.task.finding import missing_to
from domain.work.task.light import Light
from domain.work.task.rules import lit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import TaskId
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.task.changes import Change
    from domain.work.task.extension import Extension
    from domain.work.task.model import Task

LOOKED_AT = 500  # the first deadlines; whoever has more open tasks sees those of the others once these are done
HISTORY = 12  # lines of a task's page


class Scope(StrEnum):
    """Whose tasks are shown."""

    OWN = "own"
    GIVEN = "given"
    BRANCH = "branch"  # of one's groups; in a group of that one alone


@dataclass(frozen=True, slots=True)
class View:
    """A page of open tasks by deadline, from `offset` on, of all that have a `light` (`None`: any).

    `lights` counts all that are found, whatever is shown. `scopes` are those that the viewer can choose from.
    """

    scope: Scope
    light: Light | None
    offset: int
    tasks: Sequence[Task]
    total: int
    lights: Mapping[Light, int]
    scopes: Sequence[Scope]
    at: datetime

    @property
    def more(self) -> int:
        """How many come after this page."""
        return self.total - self.offset - len(self.tasks)


@dataclass(frozen=True, slots=True)
class Page:
    """One task with its history, newest last, the request that waits for an answer, and what the viewer may do."""

    task: Task
    reviewer: Member | None
    history: Sequence[Change]
    asked: Extension | None
    is_own: bool
    in_charge: bool
    at: datetime


def view(
    stores: Stores, actor: Actor, *, scope: Scope | None = None, light: Light | None = None, offset: int = 0
) -> View:
    """Open tasks: in a group the group's; in private one's own, if no other scope is chosen."""
    require(stores, actor, Permission.TAKE_PART)
    chosen = Scope.BRANCH if actor.chat.is_group else scope or Scope.OWN
    found = lit(stores, _found(stores, actor, chosen))
    lights = {one: sum(task.light(actor.heard_at) is one for task in found) for one in Light}
    of_light = [one for one in found if light in (None, one.light(actor.heard_at))]
    first = offset if offset < len(of_light) else 0
    shown = of_light[first : first + LISTED]
    return View(chosen, light, first, shown, len(of_light), lights, _scopes(stores, actor), actor.heard_at)


def _found(stores: Stores, actor: Actor, scope: Scope) -> list[Task]:
    if actor.chat.is_group:
        return stores.tasks.open_in(actor.chat.id, LOOKED_AT)
    if scope is Scope.OWN:
        return stores.tasks.open_of(actor.member.id, LOOKED_AT)
    if scope is Scope.GIVEN:
        return stores.amendments.given_by(actor.member.id, LOOKED_AT)
    groups = leading.groups(stores, actor, permission=Permission.SEE_SUMMARY)
    return stores.amendments.open_among([one.id for one in groups], LOOKED_AT)


def _scopes(stores: Stores, actor: Actor) -> Sequence[Scope]:
    """What there is to choose from: nothing in a group; 我布置的 for who has given something."""
    if actor.chat.is_group:
        return ()
    given = stores.amendments.given_by(actor.member.id, 1)
    return (Scope.OWN, Scope.GIVEN, Scope.BRANCH) if given else (Scope.OWN, Scope.BRANCH)


def page(stores: Stores, actor: Actor, *, number: TaskId, there: Actor) -> Page:
    """One task, for its owner, giver, reviewer and the people of its group. `there` is the actor in that group.

    Raises TaskNotFound, TaskWithdrawn.
    """
    require(stores, actor, Permission.TAKE_PART)
    task, by = stores.tasks.get(number), actor.member.id
    if task is None or task.group != there.group.id:
        raise missing_to(stores, number, by)
    knows = by in (task.owner.id, task.giver.id, task.reviewer)
    if not knows and not is_part_of(stores, by, there.group) and not actor.is_root_admin:
        raise missing_to(stores, number, by)
    (task,) = lit(stores, [task])
    history = [changes.read(stores, one) for one in stores.tasks.history(number)][-HISTORY:]
    reviewer = None if task.reviewer is None else stores.members.get(task.reviewer)
    return Page(
        task,
        reviewer,
        history,
        stores.extensions.open_for(number),
        task.owner.id == by,
        allows(stores, there, Permission.GIVE_TASKS),
        actor.heard_at,
    )
