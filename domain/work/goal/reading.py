"""Goals are looked at: a home's tree, one goal with what stands below it, its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from domain.people.permission import Permission, allows
from domain.work.goal.model import GoalNotFound, GoalState, Happened
from domain.work.goal.sight import home_of, may, seen, sight
from domain.work.goal.tree import Node, find, grow, parted, together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import GoalId
    from domain.people.actor import Actor
    from domain.people.permission import Area
    from domain.work.features import Stores
    from domain.work.goal.model import Goal, Report, Version
    from domain.work.goal.sight import Sight

MAX_LINES_SHOWN = 24  # of a tree in one message
A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Place:
    """A home by its name: a branch's, or a group's title."""

    home: Area
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A goal in a tree, with its progress: how deep it stands, and whose it is where that is not the tree's home."""

    depth: int
    node: Node
    where: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A home's goals of a year. `roots` stand at the top; `lines` are what is shown of the tree, `more` is not.

    `progress` is that of all roots together, in percent; `may_plan` whether the viewer changes them. `years` are the
    others that have goals.
    """

    place: Place
    year: int
    roots: Sequence[Node]
    lines: Sequence[Line]
    more: int
    progress: int
    may_plan: bool
    years: Sequence[int]
    today: date


@dataclass(frozen=True, slots=True)
class Opened:
    """One goal. `above` are those over it that the viewer sees, nearest first; `hidden` below it are others'."""

    node: Node
    place: Place
    above: Sequence[Goal]
    lines: Sequence[Line]
    more: int
    hidden: int
    may_plan: bool
    may_report: bool
    may_give: bool
    reports: Sequence[Report]
    versions: int
    today: date


@dataclass(frozen=True, slots=True)
class Told:
    """One version and what it has changed: the names of fields, each before and after."""

    version: Version
    changes: Sequence[tuple[str, object, object]]


@dataclass(frozen=True, slots=True)
class Past:
    """A goal's versions and reports, the newest first."""

    goal: Goal
    told: Sequence[Told]
    reports: Sequence[Report]


def place_of(stores: Stores, home: Area) -> Place:
    """A home by its name."""
    if home.branch is not None:
        return Place(home, stores.branches.get(home.branch).name)
    assert home.group is not None  # noqa: S101 - a home is one or the other
    return Place(home, stores.chats.get(home.group).title)


def forest(stores: Stores, goals: Sequence[Goal], at: datetime) -> tuple[Node, ...]:
    """Trees of goals as they stood at a moment, by what was reported and done up to it."""
    if not goals:  # as most groups: nothing is asked about them
        return ()
    numbers = [one.id for one in goals]
    until = at + A_MOMENT
    return grow(goals, stores.goals.values(numbers, until), stores.goals.tasks(numbers, until))


def of_home(stores: Stores, home: Area, at: datetime) -> tuple[Node, ...]:
    """The trees of a home: its goals with all that stands below them, whatever branch it is of."""
    return forest(stores, stores.goals.of(home), at)


def touches(goal: Goal, first: date, last: date) -> bool:
    """Whether a goal is worked at between two days."""
    return goal.since <= last and goal.due >= first


def in_year(goal: Goal, year: int) -> bool:
    """Whether a goal is worked at in a year."""
    return touches(goal, date(year, 1, 1), date(year, 12, 31))


def homes(stores: Stores, actor: Actor) -> list[Place]:
    """The homes whose goals somebody sees; in a group its own comes first, whether it has goals or not."""
    found = sight(stores, actor).homes()
    if actor.chat.is_group:
        own = home_of(actor.chat)
        found = [own, *(one for one in found if one != own)]
    return [place_of(stores, one) for one in found]


def show(stores: Stores, actor: Actor, *, home: Area, year: int | None = None) -> Shown:
    """The goals of a home in a year, else in this one. Raises GoalNotFound."""
    eyes = sight(stores, actor)
    wanted = year or actor.today.year
    trees = seen_of(eyes, of_home(stores, home, actor.now), home)
    roots = [one for one in trees if in_year(one.goal, wanted)]
    lines = _lines(stores, roots, home)
    years = {span for one in trees for span in range(one.goal.since.year, one.goal.due.year + 1)}
    return Shown(
        place_of(stores, home),
        wanted,
        roots,
        lines[:MAX_LINES_SHOWN],
        len(lines) - len(lines[:MAX_LINES_SHOWN]),
        progress(roots),
        may(stores, actor, Permission.PLAN_WORK, home),
        sorted(years - {wanted})[:6],
        actor.today,
    )


def progress(roots: Sequence[Node]) -> int:
    """The progress of goals side by side, in percent, rounded down."""
    return int(together(roots) * 100) if roots else 0


def seen_of(eyes: Sight, trees: Sequence[Node], home: Area) -> tuple[Node, ...]:
    """What somebody sees of a home's trees. Raises GoalNotFound for a home of others."""
    if not eyes.shows(home):
        raise GoalNotFound
    return parted(trees, {one.goal.id: eyes.shows(one.goal.home) for tree in trees for _, one in tree.walk()})


def open_(stores: Stores, actor: Actor, *, number: GoalId) -> Opened:
    """One goal with what stands below it. Raises GoalNotFound."""
    goal = seen(stores, actor, number)
    eyes = sight(stores, actor)
    node = whole(stores, goal, actor.now)
    shown = {one.goal.id: eyes.shows(one.goal.home) for _, one in node.walk()} | {number: True}
    visible = parted([node], shown)[0]
    lines = _lines(stores, visible.below, goal.home)
    plans = may(stores, actor, Permission.PLAN_WORK, goal.home)
    is_owner = goal.owner is not None and goal.owner.id == actor.member.id
    return Opened(
        visible,
        place_of(stores, goal.home),
        [one for one in stores.goals.above(number)[1:] if eyes.shows(one.home)],
        lines[:MAX_LINES_SHOWN],
        len(lines) - len(lines[:MAX_LINES_SHOWN]),
        len(list(node.walk())) - len(list(visible.walk())),
        plans,
        (plans or is_owner) and not node.below and goal.is_open,
        goal.is_open and allows(stores, actor, Permission.GIVE_TASKS),
        stores.goals.reports(number)[-1:],
        goal.version,
        actor.today,
    )


def _lines(stores: Stores, roots: Sequence[Node], home: Area) -> list[Line]:
    """Trees from the top down, as far as anybody wants to see them."""
    found = [(depth, node) for root in roots for depth, node in root.walk()]
    names = {one: place_of(stores, one).name for one in {node.goal.home for _, node in found} - {home}}
    return [Line(depth, node, names.get(node.goal.home, "")) for depth, node in found]


def whole(stores: Stores, goal: Goal, at: datetime) -> Node:
    """A goal with its progress and all that stands below it; also one that was dropped."""
    rows = stores.goals.below(goal.id)
    shown = [replace(one, state=GoalState.OPEN) if one.id == goal.id else one for one in rows]
    found = find(forest(stores, shown, at), goal.id)
    assert found is not None  # noqa: S101 - it was among the rows
    return replace(found, goal=goal)


def past(stores: Stores, actor: Actor, *, number: GoalId) -> Past:
    """What has become of a goal. Raises GoalNotFound."""
    goal = seen(stores, actor, number)
    versions = stores.goals.versions(number)
    told = [Told(now, changes(stores, before.goal, now.goal)) for before, now in pairwise(versions)]
    first = [Told(one, ()) for one in versions[:1] if one.what is Happened.ADDED]
    return Past(goal, [*told[::-1], *first], stores.goals.reports(number)[::-1])


FIELDS = ("title", "measure", "weight", "since", "due", "owner", "level")


def changes(stores: Stores, before: Goal, after: Goal) -> list[tuple[str, object, object]]:
    """The fields in which two versions differ, each before and after."""
    found: list[tuple[str, object, object]] = [
        (name, getattr(before, name), getattr(after, name))
        for name in FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
    if before.parent != after.parent:
        found.append(("parent", _called(stores, before.parent), _called(stores, after.parent)))
    return found


def _called(stores: Stores, number: GoalId | None) -> str:
    return "" if number is None else stores.goals.title(number) or ""
