"""The schemes that have been activated, and which of them holds on a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from domain.points.event import CategoryName, RuleName
from domain.points.scheme import default

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from domain.ids import MemberId
    from domain.points.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Version:
    """A scheme that has been activated: its number, its text, by whom and when."""

    number: int
    since: date
    text: str
    activated_by: MemberId | None
    at: datetime


@dataclass(frozen=True)
class Versions:
    """All schemes, in the order in which they were activated. `stamp` is another once there is another version."""

    stamp: str | None
    schemes: Sequence[Scheme]

    def on(self, day: date) -> Scheme:
        """The scheme that holds on a day.

        Of those that have begun the one that began last; of two that begin on one day the one that was activated last.
        """
        if not self.schemes:
            return default.scheme()
        if day not in self.by_day:
            begun = [scheme for scheme in self.schemes if scheme.since <= day]
            newest = max(reversed(begun), key=lambda scheme: scheme.since) if begun else default.scheme()
            self.by_day[day] = newest
        return self.by_day[day]

    @cached_property
    def by_day(self) -> dict[date, Scheme]:
        """What was asked for."""
        return {}

    @cached_property
    def deductions(self) -> frozenset[str]:
        """The names of rules that take points away, in any version."""
        return frozenset[str]().union(*(scheme.deductions for scheme in self.schemes))

    @cached_property
    def titled(self) -> Mapping[str, RuleName]:
        """Every rule of every version with its title; the newest title counts."""
        return {str(rule.name): rule.name for scheme in self.schemes for rule in scheme.all_rules if rule.name.called}

    @cached_property
    def uncategorised(self) -> Mapping[str, RuleName]:
        """The titles of rules that are of no category in some version: their entries are listed by the rule's name."""
        rules = (rule for scheme in self.schemes for rule in scheme.all_rules if not rule.category)
        return {str(rule.name): rule.name for rule in rules if rule.name.called}

    @cached_property
    def categories(self) -> Mapping[str, CategoryName]:
        """Every category of every version with its title; the newest title counts."""
        found = (one for scheme in self.schemes for one in scheme.categories)
        return {one.name: CategoryName(one.name, one.title, one.title_en) for one in found}

    def titled_category(self, name: str) -> CategoryName:
        """A category with its title; where there is none, that of the rule of its name if it does without one."""
        if name in self.categories:
            return self.categories[name]
        rule = self.uncategorised.get(name)
        return CategoryName(name) if rule is None else CategoryName(name, rule.called, rule.called_en)

    def titled_rule(self, rule: RuleName) -> RuleName:
        """A rule with its title."""
        return self.titled.get(rule, rule)


def always(scheme: Scheme) -> Versions:
    """A scheme as if it had held all the time."""
    return Versions(None, (replace(scheme, since=date.min),))


class Schemes(Protocol):
    """Activated schemes in the store."""

    def versions(self) -> Versions:
        """What this process knows of them: whoever goes by it looks whether its stamp is still the newest."""

    def reload(self) -> Versions:
        """What the store has now."""

    def newest(self) -> Version | None:
        """The one that was activated last."""

    def listed(self) -> list[Version]:
        """All of them, the oldest first."""

    def add(self, since: date, text: str, by: MemberId | None, at: datetime) -> Version:
        """Activate one."""
