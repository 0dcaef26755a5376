"""A scheme: the published rules by which events become points."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

    from domain.points.event import EventName, FactValue, RuleName
    from domain.points.period import Every

MINUTES = 60


class Scope(StrEnum):
    """What a limit adds up: the entries of a rule, of a category, or all."""

    RULE = "rule"
    CATEGORY = "category"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so many points in a period; for a deduction, at most so many taken away."""

    period: Every
    most: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap with what it is a cap of."""

    scope: Scope
    name: str
    cap: Cap


@dataclass(frozen=True, slots=True)
class Window:
    """A part of each day, in minutes from midnight on the group's clock (the last is not in it): points count double.

    Or as many `times` as it says.
    """

    start: int
    end: int
    times: int

    def holds(self, clock: time) -> bool:
        """Whether a time of day is in it."""
        return self.start <= clock.hour * MINUTES + clock.minute < self.end


@dataclass(frozen=True, slots=True)
class Rule:
    """What an event is worth; below nothing it is a deduction.

    `when` are facts that the event must have. A `veto` makes the whole score of a period 0. `limits` are all that bound
    it: its own caps, its category's and the scheme's.
    """

    name: RuleName
    event: EventName
    points: int
    when: tuple[tuple[str, FactValue], ...] = ()
    caps: tuple[Cap, ...] = ()
    category: str = ""
    windows: tuple[Window, ...] = ()
    veto: bool = False
    limits: tuple[Limit, ...] = ()

    @property
    def deducts(self) -> bool:
        """Whether it takes points away."""
        return self.points < 0

    @property
    def best(self) -> int:
        """The most that one event can give."""
        return self.points * max((window.times for window in self.windows), default=1)

    def fits(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether an event of its kind with these facts is meant."""
        for name, value in self.when:  # noqa: SIM110 - a loop costs half of what `all` does, at every press
            if facts.get(name) != value:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Item:
    """Something that people may apply for with evidence; `ask` says which."""

    rule: Rule
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Scoring:
    """How entries become a score: so much to begin with, at least, at most (`None`: no bound)."""

    base: int = 0
    floor: int | None = None
    ceiling: int | None = None

    def of(self, points: int) -> int:
        """The score for so many points: bounded at the end, so that the order of entries does not matter."""
        score = self.base + points
        if self.ceiling is not None:
            score = min(score, self.ceiling)
        return score if self.floor is None else max(score, self.floor)


@dataclass(frozen=True, slots=True)
class Category:
    """Rules that are added up together, with bounds and caps of their own."""

    name: str
    title: str
    title_en: str = ""
    scoring: Scoring = Scoring()
    caps: tuple[Cap, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A version of the rules. `since` is the first day on which it holds; `period` the one that scores are of."""

    since: date
    period: Every
    scoring: Scoring
    caps: tuple[Cap, ...]
    categories: tuple[Category, ...]
    rules: tuple[Rule, ...]
    items: tuple[Item, ...] = ()

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules, and those of items."""
        return (*self.rules, *(item.rule for item in self.items))

    @cached_property
    def by_event(self) -> Mapping[EventName, tuple[Rule, ...]]:
        """The rules of each event, in the file's order."""
        found = defaultdict(list)
        for rule in self.all_rules:
            found[rule.event].append(rule)
        return {event: tuple(rules) for event, rules in found.items()}

    @cached_property
    def deductions(self) -> frozenset[str]:
        """The names of rules that take points away."""
        return frozenset(str(rule.name) for rule in self.all_rules if rule.deducts)

    def rule_for(self, event: EventName, facts: Mapping[str, FactValue]) -> Rule | None:
        """The first rule that fits an event."""
        for rule in self.by_event.get(event, ()):
            if rule.fits(facts):
                return rule
        return None

    def item(self, name: str) -> Item | None:
        """The item of that name."""
        return next((item for item in self.items if item.rule.name == name), None)
