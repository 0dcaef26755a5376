"""What is asked of a pairing, the rules that it keeps, and why it may be impossible."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from domain.ids import BranchId


Arc = tuple["BranchId", "BranchId"]  # who inspects whom
MAX_BRANCHES, MAX_EACH = 400, 5


class Rule(StrEnum):
    """Why a branch cannot inspect another, or a round cannot be paired."""

    ITSELF = "itself"
    MUTUAL = "mutual"
    YEAR = "year"
    CONFLICT = "conflict"
    WISH = "wish"
    IDLE = "idle"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `each` is by how many others a branch is inspected.

    `before` are the inspections of the last year, `conflicts` pairs of branches (in either order), `wanted` pairs that
    have to be there. Those that are `idle` have nobody who could inspect.
    """

    branches: Sequence[BranchId]
    seed: int
    each: int = 1
    before: frozenset[Arc] = frozenset()
    conflicts: frozenset[Arc] = frozenset()
    wanted: frozenset[Arc] = frozenset()
    idle: frozenset[BranchId] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it is impossible: the rule without which it would be possible, and the branch that suffers most by it.

    `other` is the second of a wanted pair. `blocked` tells which branches cannot inspect `branch`, and why.
    `given_up`: not proved, but the search was given up. `needed` is how many branches it would take.
    """

    rule: Rule
    branch: BranchId | None = None
    other: BranchId | None = None
    blocked: tuple[tuple[BranchId, Rule], ...] = ()
    given_up: bool = False
    needed: int = 0


class Impossible(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The branches cannot be paired as wished."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(reasons)
        self.reasons = tuple(reasons)


def rule_against(wish: Wish, inspector: BranchId, inspected: BranchId) -> Rule | None:
    """The rule that forbids a pair whatever the others are."""
    if inspector == inspected:
        return Rule.ITSELF
    if (inspector, inspected) in wish.before:
        return Rule.YEAR
    if (inspector, inspected) in wish.conflicts or (inspected, inspector) in wish.conflicts:
        return Rule.CONFLICT
    return Rule.IDLE if inspector in wish.idle else None


def contradictions(wish: Wish) -> Iterator[Reason]:
    """What is wrong with a wish whatever the pairing is."""
    needed = 2 * wish.each + 1
    if len(wish.branches) < needed:
        yield Reason(Rule.FEW, needed=needed)
        return
    there = set(wish.branches)
    for inspector, inspected in sorted(wish.wanted):
        rule = rule_against(wish, inspector, inspected)
        if rule is None and not {inspector, inspected} <= there:
            rule = Rule.WISH
        if rule is None and (inspected, inspector) in wish.wanted:
            rule = Rule.MUTUAL
        if rule is not None:
            yield Reason(rule, inspector, inspected)
    for branch in sorted(there):
        inspects = sum(one == branch for one, _ in wish.wanted)
        inspected_by = sum(other == branch for _, other in wish.wanted)
        if inspects > wish.each + 1 or inspected_by > wish.each:
            yield Reason(Rule.WISH, branch)
