"""How the tasks of groups went, and the page of it for who is in charge of a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import plain
from domain.clock.calendar import workdays
from domain.people.permission import Area, Permission, allows, allows_over, require
from domain.work.lean.figures import Course, courses, figures
from domain.work.lean.report import Report, report, unit
from domain.work.lean.worktime import Worktime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import BranchId, ChatId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.lean.figures import Lean
    from domain.work.lean.report import Unit

SPANS = (30, 90)  # days that the page can show; the first is shown first
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Page:
    """The figures of a group, or of its branch with all below it, over so many days."""

    group: ChatId
    days: int
    report: Report
    may_plan: bool


def of_groups(stores: Stores, groups: Sequence[ChatId], since: datetime, until: datetime) -> list[Course]:
    """How the tasks of groups went that were done between two moments, by number."""
    ended = stores.lean.ended(groups, since, until)
    if not ended:
        return []
    first, last = min(one.given_at for one in ended), max(one.done_at for one in ended)
    return courses(ended, Worktime(first, last, stores.enterprise.locale.zone, workdays(stores)))


def measured(stores: Stores, group: Chat, branch: BranchId | None, since: datetime, until: datetime) -> Lean:
    """The figures of a branch with all below it, or of a group alone."""
    return figures(of_groups(stores, [one.id for one in covered(stores, group, branch)], since, until))


def covered(stores: Stores, group: Chat, branch: BranchId | None) -> list[Chat]:
    """The groups of a branch and of all below it; a group alone where that is no branch's."""
    if branch is None:
        return [group]
    below = set(stores.branches.subtree(branch))
    return [one for one in stores.chats.bound() if one.branch in below and one.is_admitted]


def reach(stores: Stores, actor: Actor, permission: Permission) -> BranchId | None:
    """The branch over which somebody in a group may see figures with all below it; `None`: those of the group alone."""
    branch = actor.group.branch
    over = branch is not None and allows_over(stores, actor, permission, Area(branch=branch))
    return branch if over else None


def show(stores: Stores, actor: Actor, *, days: int = SPANS[0]) -> Page:
    """The figures of the last days, against as many before. Other numbers of days than those of `SPANS` are the first.

    Whoever has a role over the group's branch sees all below it, too.
    """
    require(stores, actor, Permission.SEE_SUMMARY)
    days = days if days in SPANS else SPANS[0]
    group, length = actor.group, timedelta(days=days)
    branch = reach(stores, actor, Permission.SEE_SUMMARY)
    groups, until = covered(stores, group, branch), actor.heard_at
    numbers = [one.id for one in groups]
    found = of_groups(stores, numbers, until - length, until)
    before = of_groups(stores, numbers, until - length * 2, until - length)
    first, last = group.day(until - length) + A_DAY, group.day(until)
    units = _units(stores, branch, groups, found)
    made = report(name_of(stores, group), (first, last), found, before, units)
    return Page(group.id, days, made, allows(stores, actor, Permission.PLAN_WORK))


def name_of(stores: Stores, group: Chat) -> str:
    """A group's name: that of its branch, else its title."""
    return plain.tidy(group.title if group.branch is None else stores.branches.get(group.branch).name)


def _units(stores: Stores, branch: BranchId | None, groups: Sequence[Chat], found: Sequence[Course]) -> Sequence[Unit]:
    """The branch itself and each one below it, with all below that."""
    if branch is None or len(groups) < 2:  # noqa: PLR2004 - one group is no comparison
        return ()
    own = {one.id for one in groups if one.branch == branch}
    units = [unit(stores.branches.get(branch).name, [one for one in found if one.group in own])]
    for child in stores.branches.children(branch):
        below = set(stores.branches.subtree(child.id))
        theirs = {one.id for one in groups if one.branch in below}
        units.append(unit(child.name, [one for one in found if one.group in theirs]))
    return units
