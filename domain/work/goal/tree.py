"""How progress rolls up: pure, from the goals, the values that were reported and the tasks that serve them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.work.goal.model import WHOLE, Counted, Goal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from domain.ids import GoalId

NEAR = timedelta(days=7)
NONE = Counted()


class Source(StrEnum):
    """What the progress of a goal follows from."""

    BELOW = "below"  # the goals below it
    REPORTED = "reported"
    TASKS = "tasks"
    NOTHING = "nothing"  # nobody has reported, and no task serves it


class Standing(StrEnum):
    """How a goal stands on a day."""

    REACHED = "reached"
    OPEN = "open"
    NEAR = "near"  # due within a week
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Node:
    """A goal with its progress (0 to 1), and the open goals below it. `value` is the last reported one."""

    goal: Goal
    progress: Fraction
    source: Source
    value: Decimal | None
    tasks: Counted
    below: tuple[Node, ...] = ()

    @property
    def percent(self) -> int:
        """The progress in percent, rounded down: 100 only where the goal is reached."""
        return int(self.progress * 100)

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing."""
        return self.progress == 1

    @property
    def weights(self) -> int:
        """The sum of the weights below it."""
        return sum(one.goal.weight for one in self.below)

    @property
    def is_off(self) -> bool:
        """Whether the weights below it are there, but do not add up to 100."""
        return self.weights not in (0, WHOLE)

    def standing(self, day: date) -> Standing:
        """How it stands on a day."""
        if self.is_reached:
            return Standing.REACHED
        if self.goal.due < day:
            return Standing.LATE
        return Standing.NEAR if self.goal.due - day < NEAR else Standing.OPEN

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Node]]:
        """It and all below it from the top down, each with its depth."""
        yield depth, self
        for one in self.below:
            yield from one.walk(depth + 1)


def grow(goals: Iterable[Goal], values: Mapping[GoalId, Decimal], tasks: Mapping[GoalId, Counted]) -> tuple[Node, ...]:
    """The trees of open goals, in the order of their due days; one whose parent is not among them is a root.

    A dropped goal is left out with all below it. The rows of the store hold no cycle.
    """
    known = {one.id: one for one in goals}
    below: dict[GoalId | None, list[Goal]] = defaultdict(list)
    for one in known.values():
        below[one.parent if one.parent in known else None].append(one)

    def node(goal: Goal) -> Node:
        children = tuple(node(one) for one in _ordered(below[goal.id]))
        return _node(goal, values.get(goal.id), tasks.get(goal.id, NONE), children)

    return tuple(node(one) for one in _ordered(below[None]))


def _ordered(goals: Sequence[Goal]) -> list[Goal]:
    return sorted((one for one in goals if one.is_open), key=lambda one: (one.due, one.id))


def _node(goal: Goal, value: Decimal | None, tasks: Counted, below: tuple[Node, ...]) -> Node:
    if below:
        return Node(goal, together(below), Source.BELOW, value, tasks, below)
    if value is not None:
        return Node(goal, goal.measure.reached(value), Source.REPORTED, value, tasks)
    if tasks.tasks:
        return Node(goal, Fraction(tasks.done, tasks.tasks), Source.TASKS, None, tasks)
    return Node(goal, Fraction(0), Source.NOTHING, None, tasks)


def together(nodes: Sequence[Node]) -> Fraction:
    """The progress of goals by their weights, whatever these add up to; alike where none has any."""
    weights = sum(one.goal.weight for one in nodes)
    if not weights:
        return sum((one.progress for one in nodes), Fraction(0)) / len(nodes)
    return sum((one.progress * one.goal.weight for one in nodes), Fraction(0)) / weights


def find(trees: Iterable[Node], number: GoalId) -> Node | None:
    """A goal among trees."""
    return next((one for tree in trees for _, one in tree.walk() if one.goal.id == number), None)


def parted(trees: Iterable[Node], keep: Mapping[GoalId, bool]) -> tuple[Node, ...]:
    """Trees without what is not to be seen, and all below that; the progress of what is left stays as it was."""
    return tuple(replace(one, below=parted(one.below, keep)) for one in trees if keep[one.goal.id])


def cycle(parents: Mapping[str, str | None]) -> list[str]:
    """The way round where something stands below itself, each by its name; empty where nothing does."""
    safe: set[str] = set()
    for start in parents:
        line: list[str] = []
        here: str | None = start
        while here is not None and here not in safe:
            if here in line:
                return [*line[line.index(here) :], here]
            line.append(here)
            here = parents.get(here)
        safe.update(line)
    return []
