"""Which branch inspects which: a pure function of the wish and its seed.

The rules: nobody inspects themselves; no two inspect each other in a round; nobody inspects a branch that they have
inspected within a year; declared conflicts of interest hold; each is inspected by as many as the wish says and
inspects as many, or one more or fewer where it cannot be even.

A pairing is built greedily in a shuffled order, with places exchanged where somebody is left over; a few orders are
tried. What is left over then is searched for step by step, up to a number of steps. So a small round is always decided;
for a large one that is nearly impossible, the refusal says that the search was given up.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from domain.life.inspection.pairing_rules import Impossible, Reason, Rule, contradictions, rule_against

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.ids import BranchId
    from domain.life.inspection.pairing_rules import Arc, Wish

ORDERS = 12  # shuffled orders that are tried
DEEP = 3  # how many places are exchanged at most so that one gets an inspector
EXCHANGES = 5_000  # in one order
STEPS = 1_000_000  # candidates that the search looks at
MAX_INSPECTIONS_SEARCHED = 500  # a round of more is not searched
MAX_BLOCKED = 6  # of a reason


def pair(wish: Wish) -> tuple[Arc, ...]:
    """Who inspects whom, in the order of those who are inspected. The same wish has the same result.

    Raises Impossible.
    """
    reasons = list(contradictions(wish))
    if reasons:
        raise Impossible(reasons)
    found = _solve(wish)
    if found.arcs is None:
        raise Impossible(list(_reasons(wish, given_up=found.given_up)))
    order = {branch: place for place, branch in enumerate(wish.branches)}
    return tuple(sorted(found.arcs, key=lambda arc: (order[arc[1]], order[arc[0]])))


@dataclass(frozen=True, slots=True)
class _Found:
    """The pairs; without them, whether the search was given up before its end."""

    arcs: frozenset[Arc] | None
    given_up: bool = False


def _solve(wish: Wish, *, mutual: bool = False) -> _Found:
    """The pairs, as even as possible. With `mutual` two may inspect each other."""
    given_up = False
    for capacity in (wish.each, wish.each + 1):
        if capacity * (len(wish.branches) - len(wish.idle)) < wish.each * len(wish.branches):
            continue
        for order in range(ORDERS):
            table = _Table(wish, capacity, random.Random(wish.seed * ORDERS + order), mutual=mutual)  # noqa: S311 - no secret
            if table.fill():
                return _Found(table.arcs())
        table = _Table(wish, capacity, random.Random(wish.seed), mutual=mutual)  # noqa: S311 - no secret
        search = _Search(table)
        if search.is_short and search.run():
            return _Found(table.arcs())
        given_up = given_up or search.has_given_up
    return _Found(None, given_up)


@dataclass
class _Table:
    """A pairing in the making."""

    wish: Wish
    capacity: int
    chance: random.Random
    mutual: bool
    exchanges: int = 0
    inspectors: dict[BranchId, set[BranchId]] = field(default_factory=lambda: defaultdict(set))
    inspects: dict[BranchId, set[BranchId]] = field(default_factory=lambda: defaultdict(set))
    candidates: dict[BranchId, list[BranchId]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        forbidden = defaultdict(set)
        for one, other in self.wish.before:
            forbidden[other].add(one)
        for one, other in self.wish.conflicts:
            forbidden[other].add(one)
            forbidden[one].add(other)
        shuffled = [one for one in self.wish.branches if one not in self.wish.idle]
        self.chance.shuffle(shuffled)
        for branch in self.wish.branches:
            barred = forbidden[branch]
            self.candidates[branch] = [one for one in shuffled if one != branch and one not in barred]
        for one, other in sorted(self.wish.wanted):
            self.put(one, other)

    def put(self, one: BranchId, other: BranchId) -> None:
        """`one` inspects `other`."""
        self.inspectors[other].add(one)
        self.inspects[one].add(other)

    def drop(self, one: BranchId, other: BranchId) -> None:
        """It does not after all."""
        self.inspectors[other].discard(one)
        self.inspects[one].discard(other)

    def fits(self, one: BranchId, other: BranchId) -> bool:
        """Whether `one`, a candidate, may inspect `other` beside the pairs that are there."""
        return one not in self.inspectors[other] and (self.mutual or other not in self.inspectors[one])

    def lacks(self, branch: BranchId) -> bool:
        """Whether a branch has too few inspectors."""
        return len(self.inspectors[branch]) < self.wish.each

    def has_room(self, branch: BranchId) -> bool:
        """Whether a branch can inspect one more."""
        return len(self.inspects[branch]) < self.capacity

    def fill(self) -> bool:
        """Give everybody their inspectors, greedily; whether it came out."""
        order = list(self.wish.branches)
        self.chance.shuffle(order)
        order.sort(key=lambda one: len(self.candidates[one]))
        for branch in order:
            while self.lacks(branch):
                if not self._assign(branch, DEEP, {branch}):
                    return False
        return self.is_even()

    def is_even(self) -> bool:
        """Whether nobody inspects fewer than one less than they are inspected by; nobody idle is asked."""
        working = (one for one in self.wish.branches if one not in self.wish.idle)
        return all(len(self.inspects[one]) >= self.wish.each - 1 for one in working)

    def _assign(self, branch: BranchId, depth: int, seen: set[BranchId]) -> bool:
        fitting = [one for one in self.candidates[branch] if self.fits(one, branch)]
        free = [one for one in fitting if self.has_room(one)]
        if free:
            self.put(min(free, key=lambda one: len(self.inspects[one])), branch)
            return True
        return depth > 0 and any(self._exchange(one, branch, depth, seen) for one in fitting)

    def _exchange(self, one: BranchId, branch: BranchId, depth: int, seen: set[BranchId]) -> bool:
        """`one` inspects `branch` in place of another, for which somebody else is found."""
        for other in sorted(self.inspects[one] - seen):
            self.exchanges += 1
            if (one, other) in self.wish.wanted or self.exchanges > EXCHANGES:
                continue
            self.drop(one, other)
            self.put(one, branch)
            if self._assign(other, depth - 1, seen | {other}):
                return True
            self.drop(one, branch)
            self.put(one, other)
        return False

    def arcs(self) -> frozenset[Arc]:
        """The pairs."""
        return frozenset((one, other) for one, others in self.inspects.items() for other in others)


@dataclass
class _Search:
    """A search step by step: next comes whoever has the fewest candidates left."""

    table: _Table
    steps: int = 0

    @property
    def is_short(self) -> bool:
        """Whether it is worth beginning."""
        return len(self.table.wish.branches) * self.table.wish.each <= MAX_INSPECTIONS_SEARCHED

    @property
    def has_given_up(self) -> bool:
        """Whether nothing is known where it has found nothing."""
        return not self.is_short or self.steps > STEPS

    def run(self) -> bool:
        """Whether there is a pairing; where the steps are used up, it is not known."""
        if self.has_given_up:
            return False
        table = self.table
        lacking = [one for one in table.wish.branches if table.lacks(one)]
        if not lacking:
            return table.is_even()
        options = {one: self._options(one) for one in lacking} if len(lacking) <= MAX_BRANCHES_LOOKED_AT else {}
        branch = min(options, key=lambda one: len(options[one])) if options else lacking[0]
        for one in options[branch] if options else self._options(branch):
            table.put(one, branch)
            if self.run():
                return True
            table.drop(one, branch)
        return False

    def _options(self, branch: BranchId) -> list[BranchId]:
        table = self.table
        self.steps += len(table.candidates[branch])
        found = [one for one in table.candidates[branch] if table.has_room(one) and table.fits(one, branch)]
        return sorted(found, key=lambda one: len(table.inspects[one]))


MAX_BRANCHES_LOOKED_AT = 24  # without inspectors, whose candidates are counted at each step


def _reasons(wish: Wish, *, given_up: bool) -> Iterator[Reason]:
    """The first rule without which it is possible; all that are in force where no single one is."""
    without = {
        Rule.YEAR: replace(wish, before=frozenset()),
        Rule.CONFLICT: replace(wish, conflicts=frozenset()),
        Rule.WISH: replace(wish, wanted=frozenset()),
        Rule.IDLE: replace(wish, idle=frozenset()),
    }
    in_force = [rule for rule, other in without.items() if other != wish]
    for rule in in_force:
        if _solve(without[rule]).arcs is not None:
            yield _reason(wish, rule, given_up=given_up)
            return
    if _solve(wish, mutual=True).arcs is not None:
        yield _reason(wish, Rule.MUTUAL, given_up=given_up)
        return
    for rule in in_force:
        yield _reason(wish, rule, given_up=given_up)


def _reason(wish: Wish, rule: Rule, *, given_up: bool) -> Reason:
    """A reason with the branch for which the fewest inspectors are left."""
    barred = {one: _blocked(wish, one) for one in wish.branches}
    hit = [one for one in wish.branches if any(why is rule for _, why in barred[one])] or list(wish.branches)
    branch = max(hit, key=lambda one: len(barred[one]))
    return Reason(rule, branch, blocked=tuple(barred[branch][:MAX_BLOCKED]), given_up=given_up)


def _blocked(wish: Wish, branch: BranchId) -> list[tuple[BranchId, Rule]]:
    found = ((one, rule_against(wish, one, branch)) for one in wish.branches if one != branch)
    return [(one, rule) for one, rule in found if rule is not None]
