"""Goals are added, reported on, adjusted, carried over and dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.ids import GoalId
from domain.people.permission import Permission, require
from domain.work import task
from domain.work.goal.model import (
    NOTED,
    EndsBeforeStart,
    Goal,
    GoalCycle,
    GoalDropped,
    GoalNotFound,
    GoalState,
    Happened,
    NothingChanges,
    NotYourGoal,
    RollsUp,
    Version,
    WrongHome,
    WrongLevel,
    way,
)
from domain.work.goal.sight import is_within, may, require_planning, seen
from domain.work.task import Link, LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.people.naming import Wanted
    from domain.people.permission import Area
    from domain.work.features import Stores
    from domain.work.goal.model import Level, Measure
    from domain.work.task import Given, Plan


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever adds a goal asks for."""

    home: Area
    parent: GoalId | None
    level: Level
    title: str
    measure: Measure
    weight: int
    since: date
    due: date
    owner: Member | None = None
    code: str = ""


def add(stores: Stores, actor: Actor, *, wish: Wish) -> Goal:
    """Add a goal. Raises GoalNotFound for one above it that is not seen, WrongLevel, WrongHome, EndsBeforeStart."""
    require_planning(stores, actor, wish.home)
    if wish.parent is not None:
        seen(stores, actor, wish.parent)
    return put(stores, wish, by=actor.member, at=actor.now)


def put(stores: Stores, wish: Wish, *, by: Member | None, at: datetime) -> Goal:
    """Add a goal, without asking who may. Raises GoalNotFound, WrongLevel, WrongHome, EndsBeforeStart."""
    new = Goal(
        GoalId(0),
        wish.parent,
        wish.level,
        wish.home,
        wish.title,
        wish.measure,
        wish.weight,
        wish.since,
        wish.due,
        wish.owner,
        wish.code,
    )
    check(stores, new)
    goal = stores.goals.add(new)
    _note(stores, Version(goal, Happened.ADDED, by, at))
    return goal


def check(stores: Stores, goal: Goal) -> None:
    """Whether a goal may stand where it does.

    Raises GoalNotFound, GoalDropped, GoalCycle, WrongLevel, WrongHome, EndsBeforeStart.
    """
    if goal.due < goal.since:
        raise EndsBeforeStart(since=goal.since, due=goal.due)
    if goal.parent is None:
        return
    line = stores.goals.above(goal.parent)
    if not line:
        raise GoalNotFound
    above = line[0]
    if any(one.id == goal.id for one in line):
        round_ = [goal, *line[: [one.id for one in line].index(goal.id) + 1]]
        raise GoalCycle(titles=way(round_))
    if not above.is_open:
        raise GoalDropped(goal=above)
    if goal.level.depth < above.level.depth:
        raise WrongLevel(goal=goal, above=above)
    if not is_within(stores, goal.home, above.home):
        raise WrongHome(goal=goal, above=above)


def report(stores: Stores, actor: Actor, *, number: GoalId, value: Decimal, note: str = "") -> Goal:
    """Report what was reached. Raises GoalNotFound, NotYourGoal, GoalDropped, RollsUp."""
    goal = reportable(stores, actor, number=number)
    stores.goals.report(number, value, note, actor.member.id, actor.now)
    _refresh(stores, goal, f"goal.reported:{number}:{actor.heard_at.timestamp()}", actor.heard_at)
    return goal


def reportable(stores: Stores, actor: Actor, *, number: GoalId) -> Goal:
    """A goal whose progress somebody may report. Raises GoalNotFound, NotYourGoal, GoalDropped, RollsUp."""
    require(stores, actor, Permission.TAKE_PART)
    goal = stores.goals.get(number)
    owns = goal is not None and goal.owner is not None and goal.owner.id == actor.member.id
    if goal is None or not owns:
        goal = seen(stores, actor, number)
        if not may(stores, actor, Permission.PLAN_WORK, goal.home):
            raise NotYourGoal(goal=goal)
    if not goal.is_open:
        raise GoalDropped(goal=goal)
    if any(one.is_open and one.parent == number for one in stores.goals.below(number)):
        raise RollsUp(goal=goal)
    return goal


def plannable(stores: Stores, actor: Actor, *, number: GoalId) -> Goal:
    """A goal that somebody may change. Raises GoalNotFound, and what `require_planning` does."""
    require(stores, actor, Permission.PLAN_WORK)
    goal = seen(stores, actor, number)
    require_planning(stores, actor, goal.home)
    return goal


def adjust(stores: Stores, actor: Actor, *, wanted: Goal, reason: str, what: Happened = Happened.CHANGED) -> Goal:
    """Change a goal into what is wanted, with a reason; all its versions are kept.

    Raises GoalNotFound, GoalDropped, NothingChanges, and what `check` does.
    """
    before = plannable(stores, actor, number=wanted.id)
    if not before.is_open and what is not Happened.RESTORED:
        raise GoalDropped(goal=before)
    if wanted.parent is not None and wanted.parent != before.parent:
        seen(stores, actor, wanted.parent)
    return change(stores, before, wanted, reason=reason, what=what, by=actor.member, at=actor.now)


def drop(stores: Stores, actor: Actor, *, number: GoalId, reason: str) -> Goal:
    """Drop a goal, with a reason: from now on it counts nowhere, nor does what stands below it."""
    goal = plannable(stores, actor, number=number)
    wanted = replace(goal, state=GoalState.DROPPED)
    return adjust(stores, actor, wanted=wanted, reason=reason, what=Happened.DROPPED)


def restore(stores: Stores, actor: Actor, *, number: GoalId) -> Goal:
    """Take back that a goal was dropped."""
    goal = plannable(stores, actor, number=number)
    return adjust(stores, actor, wanted=replace(goal, state=GoalState.OPEN), reason="", what=Happened.RESTORED)


def change(
    stores: Stores, before: Goal, wanted: Goal, *, reason: str, what: Happened, by: Member | None, at: datetime
) -> Goal:
    """Save a goal in a new version, without asking who may. Raises NothingChanges, and what `check` does."""
    after = replace(wanted, version=before.version)
    if after == before:
        raise NothingChanges(goal=before)
    if after.is_open:
        check(stores, after)
    saved = replace(after, version=before.version + 1)
    stores.goals.save(saved)
    _note(stores, Version(saved, what, by, at, reason))
    for owner in {one.id for one in (before.owner, saved.owner) if one is not None}:
        stores.hooks.changed(owner, f"goal.changed:{saved.id}:{saved.version}", at)
    return saved


def _refresh(stores: Stores, goal: Goal, cause: str, at: datetime) -> None:
    if goal.owner is not None:
        stores.hooks.changed(goal.owner.id, cause, at)


def _note(stores: Stores, version: Version) -> None:
    stores.goals.note(version)
    by, subject = None if version.by is None else version.by.id, f"goal:{version.goal.id}"
    stores.audit.note(by, NOTED[version.what], subject, old=None, new=None, at=version.at)


def give_task(
    stores: Stores,
    actor: Actor,
    *,
    number: GoalId,
    mentions: Sequence[Wanted],
    plan: Plan,
    due_at: datetime,
    source: str,
) -> Given:
    """Give tasks in the group that serve a goal. Raises GoalNotFound, and what `task.give` does."""
    seen(stores, actor, number)
    link = Link(LinkKind.GOAL, number)
    return task.give(stores, actor, mentions=mentions, plan=plan, due_at=due_at, source=source, links=(link,))
