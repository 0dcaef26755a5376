"""Points: an append-only ledger; every entry names its event, its rule and its cause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.points.event import NO_RULE, EventName, told
from domain.points.scheme.engine import Worth, worth

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.member import Member
    from domain.points.chain import LedgerLine
    from domain.points.event import Event, FactValue, RuleName
    from domain.points.features import Stores
    from domain.points.scheme.model import Limit, Rule
    from domain.points.score import Sum

NO_EVENT = EventName("")  # the store takes the rule's name


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `source` names the cause (`task:17`); `day` is the group's calendar day.

    `facts` are those of the event, as `event.told` has them; `None` in entries from before there were events.
    """

    member: MemberId
    group: ChatId
    rule: RuleName
    source: str
    cause: str
    points: int
    day: date
    at: datetime
    event: EventName = NO_EVENT
    facts: str | None = None
    category: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """What an award came to: `points` given now (0 where a cap was reached), and the member's new total."""

    rule: RuleName
    points: int
    capped: bool
    total: int


class Earned(NamedTuple):
    """A line of the ledger and whose it is; `named` is false for who does not want to be on boards."""

    entry: Entry
    member: Member
    named: bool


class EntryKey(NamedTuple):
    """What may stand in the ledger once: an event of a member, from a source."""

    member: MemberId
    event: EventName
    source: str


class Before(NamedTuple):
    """What an award depends on.

    How often it was `entered` (see `Points.count`), the stamp of the newest scheme, and what each limit's period was
    given.
    """

    entered: int
    stamp: str | None
    given: Sequence[int]


class Points(Protocol):
    """The ledger and the totals that are kept beside it."""

    def count(self, member: MemberId, event: EventName, source: str) -> int:
        """How many entries a member has for an event and its source: odd while credited, even once reversed."""

    def before(
        self,
        key: EntryKey,
        day: date,
        limits: Sequence[Limit] = (),
        deductions: frozenset[str] = frozenset(),
    ) -> Before:
        """What an award depends on. Limits of more than a rule leave out those that take points away."""

    def credited(self, members: Collection[MemberId], event: EventName, source: str) -> set[MemberId]:
        """Which members have an entry that stands for an event and its source."""

    def last(self, member: MemberId, event: EventName, source: str) -> Entry:
        """The newest entry for an event and its source."""

    def enter(self, entry: Entry, ordinal: int) -> Callable[[], int]:
        """Write a line and bring the totals up to date with it; call the result for the member's new total."""

    def lines(self, after: int, most: int) -> list[LedgerLine]:
        """The ledger behind a number, oldest first; at most so many lines."""

    def lines_since(self, day: date, after: int, most: int) -> list[LedgerLine]:
        """The same, of entries of a day or later ones."""

    def total(self, member: MemberId) -> int:
        """All points of a member."""

    def week(self, member: MemberId, monday: date) -> int:
        """A member's points of a week, in all groups."""

    def entries(self, member: MemberId, limit: int) -> list[Entry]:
        """A member's newest entries."""

    def sums(self, members: Collection[MemberId], first: date, last: date) -> list[Sum]:
        """What members' entries from one day up to and with another add up to, by category."""

    def standing_for(
        self, rules: Collection[RuleName], members: Collection[MemberId], first: date, last: date
    ) -> Mapping[MemberId, RuleName]:
        """Which members have an entry of these rules that stands, and of which, between two days."""

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has earned something in a group between two moments."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """A group's ledger between two moments, oldest first; at most so many lines."""

    def in_span_for(self, event: EventName, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """The same, of one event."""


def award(
    stores: Stores,
    by: MemberId,
    group: Chat,
    event: Event,
    facts: Mapping[str, FactValue],
    *,
    source: str,
    cause: str,
    at: datetime,
) -> Credit | None:
    """Enter an event of a member, once for each source, with the points that the scheme of its day gives.

    `cause` is what `/points` shows (a task's title). Returns `None` where this was entered already, where no rule fits
    (it is entered all the same, so that events can be played again), and in a group that is not admitted.
    """
    if not group.is_admitted:
        return None
    if facts.keys() != event.names:
        raise ValueError(f"facts of {event.name}: {sorted(facts)}")
    local = group.local(at)
    day = local.date()
    rule, before = _before(stores, EntryKey(by, event.name, source), facts, day)
    if before.entered % 2:
        return None
    gives = worth(rule, local.time(), before.given) if rule else Worth(0, 0)
    name, category = (rule.name, rule.category) if rule else (NO_RULE, "")
    entry = Entry(by, group.id, name, source, cause, gives.points, day, at, event.name, told(facts), category)
    total = stores.points.enter(entry, before.entered)
    stores.hooks.changed(by, f"{event.name}:{source}:{before.entered}", at)
    return Credit(name, gives.points, gives.points != gives.full, total()) if rule else None


def _before(stores: Stores, key: EntryKey, facts: Mapping[str, FactValue], day: date) -> tuple[Rule | None, Before]:
    """The rule for an event and what it depends on; asked again where another process has activated a scheme."""
    versions = stores.schemes.versions()
    while True:
        rule = versions.on(day).rule_for(key.event, facts)
        limits = rule.limits if rule else ()
        before = stores.points.before(key, day, limits, versions.deductions)
        if before.stamp == versions.stamp:
            return rule, before
        versions = stores.schemes.reload()


def reverse(stores: Stores, by: MemberId, event: Event, *, source: str, at: datetime) -> None:
    """Take an entry back by one of its own; nothing happens where none stands."""
    ordinal = stores.points.count(by, event.name, source)
    if ordinal % 2:
        given = stores.points.last(by, event.name, source)
        stores.points.enter(replace(given, points=-given.points, at=at), ordinal)
        stores.hooks.changed(by, f"{event.name}:{source}:{ordinal}", at)


def titled(stores: Stores, entry: Entry) -> Entry:
    """An entry whose rule has the title that its scheme gives it."""
    return replace(entry, rule=stores.schemes.versions().titled_rule(entry.rule))
