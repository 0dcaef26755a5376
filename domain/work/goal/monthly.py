"""The report of a month: what was due in it and reached, how far each goal came, what was adjusted and why."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.work.goal.reading import of_home, place_of, progress, seen_of, touches
from domain.work.goal.sight import sight
from domain.work.goal.tree import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from domain.ids import GoalId
    from domain.people.actor import Actor
    from domain.people.permission import Area
    from domain.work.features import Stores
    from domain.work.goal.model import Version
    from domain.work.goal.reading import Place
    from domain.work.goal.tree import Node

MAX_ROWS, MAX_ADJUSTED = 20, 8
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A goal that was worked at in the month, how deep it stands, and its progress before it, in percent."""

    depth: int
    node: Node
    before: int

    @property
    def step(self) -> int:
        """By how many points of a percent it came nearer."""
        return self.node.percent - self.before


@dataclass(frozen=True, slots=True)
class Month:
    """A home's month. `due` and `reached` count the goals without others below that were due in it.

    `day` is its last day, or today while it runs. `progress` and `before` are those of all goals together, in percent.
    """

    place: Place
    first: date
    day: date
    rows: Sequence[Row]
    more: int
    due: int
    reached: int
    late: Sequence[Node]
    progress: int
    before: int
    adjusted: Sequence[Version]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.rows and not self.adjusted

    @property
    def earlier(self) -> date:
        """The first day of the month before."""
        return (self.first - A_DAY).replace(day=1)

    @property
    def later(self) -> date:
        """The first day of the month after."""
        return self.first + timedelta(days=monthrange(self.first.year, self.first.month)[1])


def report(stores: Stores, actor: Actor, *, home: Area, first: date) -> Month:
    """A home's month, by its first day. Raises GoalNotFound."""
    eyes = sight(stores, actor)
    begin, end, day = _span(actor, first)
    now = seen_of(eyes, of_home(stores, home, end), home)
    before = {node.goal.id: node.percent for tree in of_home(stores, home, begin) for _, node in tree.walk()}
    last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    roots = [one for one in now if touches(one.goal, first, last)]
    rows = [
        Row(depth, node, before.get(node.goal.id, 0))
        for root in roots
        for depth, node in root.walk()
        if touches(node.goal, first, last)
    ]
    due = [one.node for one in rows if not one.node.below and first <= one.node.goal.due <= last]
    return Month(
        place_of(stores, home),
        first,
        day,
        rows[:MAX_ROWS],
        len(rows[MAX_ROWS:]),
        len(due),
        sum(one.is_reached for one in due),
        [one for one in due if one.standing(day + A_DAY if day == last else day) is Standing.LATE][:MAX_ADJUSTED],
        progress(roots),
        progress([one for one in of_home(stores, home, begin) if one.goal.id in {root.goal.id for root in roots}]),
        stores.goals.adjusted(_numbers(now), begin, end)[-MAX_ADJUSTED:],
    )


def _span(actor: Actor, first: date) -> tuple[datetime, datetime, date]:
    """A month's first and last moment, and the day up to which it is told."""
    chat = actor.chat
    days = monthrange(first.year, first.month)[1]
    begin, end = chat.start_of(first), chat.start_of(first + timedelta(days=days))
    return begin, min(end, actor.now), min(first + timedelta(days=days - 1), actor.today)


def _numbers(trees: Iterable[Node]) -> list[GoalId]:
    return [node.goal.id for tree in trees for _, node in tree.walk()]
