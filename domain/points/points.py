"""Points: an append-only ledger; every entry names its rule and its cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.member import Member
    from domain.points.chain import LedgerLine
    from domain.points.features import Stores


class RuleName(str):
    """A rule as the ledger has it: its feature and what it is for (`task.on_time`)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What earns points: an outcome, never volume or time online.

    `points` each time, and at most `cap_a_day` of them a day (`None`: no cap). Each feature declares its own.
    """

    name: RuleName
    points: int
    cap_a_day: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. `source` names the cause (`task:17`); `day` is the group's calendar day."""

    member: MemberId
    group: ChatId
    rule: RuleName
    source: str
    cause: str
    points: int
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Credit:
    """What an award came to: `points` given now (0 where the day's cap was reached), and the member's new total."""

    rule: RuleName
    points: int
    capped: bool
    total: int


@dataclass(frozen=True, slots=True)
class Account:
    """A member's own points: total, this week's, and the newest entries first."""

    total: int
    week: int
    entries: Sequence[Entry]


class Earned(NamedTuple):
    """A line of the ledger and whose it is; `named` is false for who does not want to be on boards."""

    entry: Entry
    member: Member
    named: bool


class Points(Protocol):
    """The ledger and the totals that are kept beside it."""

    def count(self, member: MemberId, rule: RuleName, source: str) -> int:
        """How many entries a member has for a rule and a cause: odd while credited, even once reversed."""

    def before(self, member: MemberId, rule: RuleName, source: str, day: date) -> tuple[int, int]:
        """What an award depends on: `count`, and the points that the rule gave the member on a day."""

    def credited(self, members: Collection[MemberId], rule: RuleName, source: str) -> set[MemberId]:
        """Which members have a credit for a rule and a cause."""

    def last(self, member: MemberId, rule: RuleName, source: str) -> Entry:
        """The newest entry for a rule and a cause."""

    def enter(self, entry: Entry, ordinal: int) -> int:
        """Write a line and bring the totals up to date with it; the member's new total."""

    def lines(self, after: int, most: int) -> list[LedgerLine]:
        """The ledger behind a number, oldest first; at most so many lines."""

    def total(self, member: MemberId) -> int:
        """All points of a member."""

    def week(self, member: MemberId, monday: date) -> int:
        """A member's points of a week, in all groups."""

    def entries(self, member: MemberId, limit: int) -> list[Entry]:
        """A member's newest entries."""

    def participants(self, group: ChatId, since: datetime, until: datetime) -> set[MemberId]:
        """Who has earned something in a group between two moments."""

    def in_span(self, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """A group's ledger between two moments, oldest first; at most so many lines."""

    def in_span_for(self, rule: RuleName, group: ChatId, since: datetime, until: datetime, most: int) -> list[Earned]:
        """The same, of one rule."""


def award(
    stores: Stores, by: MemberId, group: Chat, rule: Rule, *, source: str, cause: str, at: datetime
) -> Credit | None:
    """Credit a member for something, once for each cause and never over the rule's cap a day.

    `cause` is what `/points` shows (a task's title). Returns `None` where this cause was credited already, and in a
    group that is not admitted.
    """
    if not group.is_admitted:
        return None
    day = group.day(at)
    ordinal, given = stores.points.before(by, rule.name, source, day)
    if ordinal % 2:
        return None
    points = rule.points
    if rule.cap_a_day is not None:
        points = max(0, min(points, rule.cap_a_day - given))
    total = stores.points.enter(Entry(by, group.id, rule.name, source, cause, points, day, at), ordinal)
    stores.hooks.changed(by, f"{rule.name}:{source}:{ordinal}", at)
    return Credit(rule.name, points, points < rule.points, total)


def reverse(stores: Stores, by: MemberId, rule: Rule, *, source: str, at: datetime) -> None:
    """Take a credit back by an entry of its own; nothing happens where none stands."""
    ordinal = stores.points.count(by, rule.name, source)
    if ordinal % 2:
        given = stores.points.last(by, rule.name, source)
        entry = Entry(by, given.group, rule.name, source, given.cause, -given.points, given.day, at)
        stores.points.enter(entry, ordinal)
        stores.hooks.changed(by, f"{rule.name}:{source}:{ordinal}", at)


def account(stores: Stores, actor: Actor) -> Account:
    """One's own points, each with its cause."""
    require(stores, actor, Permission.SEE_OWN)
    own, week = actor.member.id, actor.chat.week(actor.now)
    return Account(stores.points.total(own), stores.points.week(own, week), stores.points.entries(own, limit=10))
