"""The ledger's events played again under other rules: what they would have given. Nothing here touches the store."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from domain.points.event import NO_RULE, understood
from domain.points.period import containing
from domain.points.scheme import default
from domain.points.scheme.engine import worth
from domain.points.scheme.model import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.messaging.chat import Chat
    from domain.points.event import EventName, Facts, RuleName
    from domain.points.points import Entry
    from domain.points.scheme.model import Limit
    from domain.points.scheme.versions import Versions

Bucket = tuple["MemberId", Scope, str, "date", "date"]
Key = tuple["MemberId", str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """What an entry gave, by which rule."""

    rule: RuleName
    category: str
    points: int
    day: date


@dataclass(slots=True)
class Replay:
    """Events in the order in which they were entered, under `versions` from a day on; before it as they were."""

    versions: Versions
    since: date
    sums: Counter[Bucket] = field(default_factory=Counter)
    standing: dict[Key, Given] = field(default_factory=dict)
    limits: Mapping[tuple[Scope, str], Sequence[Limit]] = field(init=False)

    def __post_init__(self) -> None:
        found: dict[tuple[Scope, str], dict[Limit, None]] = defaultdict(dict)
        for scheme in (default.scheme(), *self.versions.schemes):
            for rule in scheme.all_rules:
                for limit in rule.limits:
                    found[limit.scope, limit.name][limit] = None
        by_period = {key: {limit.cap.period: limit for limit in limits} for key, limits in found.items()}
        self.limits = {key: tuple(limits.values()) for key, limits in by_period.items()}

    def enter(self, entry: Entry, ordinal: int, group: Chat) -> int:
        """What an entry gives now. One that takes another back takes back what that one was given here."""
        key = (entry.member, str(entry.event), entry.source)
        if ordinal % 2:
            given = self.standing.pop(key, None)
            taken = _as_it_was(entry) if given is None else replace(given, points=-given.points)
            self._count(entry.member, taken)
            return taken.points
        given = self._given(entry, group)
        self.standing[key] = given
        self._count(entry.member, given)
        return given.points

    def _given(self, entry: Entry, group: Chat) -> Given:
        event = event_of(entry)
        if entry.day < self.since or event is None:
            return _as_it_was(entry)
        rule = self.versions.on(entry.day).rule_for(*event)
        if rule is None:
            return Given(NO_RULE, "", 0, entry.day)
        sums = [self.sums[_bucket(entry.member, limit, entry.day)] for limit in rule.limits]
        return Given(rule.name, rule.category, worth(rule, group.local(entry.at).time(), sums).points, entry.day)

    def _count(self, member: MemberId, given: Given) -> None:
        """Add an entry up for whatever limits it may fill."""
        scopes = [(Scope.RULE, str(given.rule))]
        if given.rule not in self.versions.deductions:
            scopes += [(Scope.CATEGORY, given.category), (Scope.TOTAL, "")]
        for scope in scopes:
            for limit in self.limits.get(scope, ()):
                self.sums[_bucket(member, limit, given.day)] += given.points


def _bucket(member: MemberId, limit: Limit, day: date) -> Bucket:
    span = containing(limit.cap.period, day)
    return member, limit.scope, limit.name, span.first, span.last


def _as_it_was(entry: Entry) -> Given:
    return Given(entry.rule, entry.category, entry.points, entry.day)


def event_of(entry: Entry) -> tuple[EventName, Facts] | None:
    """The event and the facts of an entry; those from before there were events have them by their rule."""
    if entry.facts is not None:
        return entry.event, understood(entry.facts)
    return default.OLD.get(str(entry.rule))
