"""Points: an append-only ledger; every entry names its rule and its cause."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, Protocol

from domain.admin import setting
from domain.admin.setting import Ranking
from domain.people.member import home
from domain.people.permission import Permission, require

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member
    from domain.points.chain import LedgerLine
    from domain.points.features import Stores

BOARD_SIZE = 10
A_WEEK = timedelta(days=7)


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
class Standing:
    """One line of a board; members with equal points share a rank."""

    rank: int
    member: Member
    points: int


@dataclass(frozen=True, slots=True)
class BranchStanding:
    """One line of a board of branches: points for each person on its roster, so that large ones have no advantage."""

    rank: int
    name: str
    each: float
    own: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A group's week: those ranked ten or better, and how many more have points; or branches; or, in private, nothing.

    Whoever does not want to be on it is not, and `others` does not count them.
    """

    monday: date
    standings: Sequence[Standing]
    others: int
    own: Standing | None = None
    ranking: Ranking = Ranking.PUBLIC
    branches: Sequence[BranchStanding] = ()


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

    def standings(self, group: ChatId, monday: date, limit: int) -> list[Standing]:
        """A group's week, best first; equal points share a rank; nobody without points."""

    def ranked(self, group: ChatId, monday: date) -> int:
        """How many members of a group have points in a week."""

    def standing(self, group: ChatId, monday: date, member: MemberId) -> Standing | None:
        """One member's line of a week's board."""

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


def this_week(stores: Stores, actor: Actor) -> Board:
    """This week's board of the group, in private of one's own group. Raises NoGroupYet."""
    require(stores, actor, Permission.TAKE_PART)
    group = home(stores, actor)
    return board(stores, group=group, monday=group.week(actor.now), viewer=actor.member.id)


def board(stores: Stores, *, group: Chat, monday: date, viewer: MemberId | None = None) -> Board:
    """A group's board of a week, as the group ranks.

    By name: all who are ranked ten or better, and the viewer's own line where they are not.
    """
    ranking = setting.ranking_of(stores, group)
    if ranking is not Ranking.PUBLIC:
        branches = _branches(stores, group, monday) if ranking is Ranking.BRANCH else ()
        return Board(monday, (), 0, ranking=ranking, branches=branches)
    found = stores.points.standings(group.id, monday, limit=2 * BOARD_SIZE)
    standings = [s for s in found if s.rank <= BOARD_SIZE]
    own = None
    if viewer is not None and viewer not in {s.member.id for s in standings}:
        own = stores.points.standing(group.id, monday, viewer)
    return Board(monday, standings, stores.points.ranked(group.id, monday) - len(standings), own)


def _branches(stores: Stores, group: Chat, monday: date) -> Sequence[BranchStanding]:
    """The branches beside a group's own: each with what those in it and below it earned, for each person."""
    if group.branch is None:
        return ()
    own = stores.branches.get(group.branch)
    tree = {branch.id: branch for branch in stores.branches.all()}
    beside = {branch.id: branch.name for branch in tree.values() if branch.parent == own.parent}
    tops = list(beside) if own.parent is None else [own.parent]
    earned: Counter[BranchId] = Counter()
    for top in tops:
        earned.update(stores.branches.points(top, monday, monday + A_WEEK))
    points, people = (_rolled_up(tree, set(beside), counts) for counts in (earned, stores.branches.sizes()))
    each = {branch: round(points[branch] / people[branch], 1) for branch in beside if people[branch]}
    ranked = [(1 + sum(other > score for other in each.values()), branch) for branch, score in each.items()]
    lines = [BranchStanding(rank, beside[branch], each[branch], branch == own.id) for rank, branch in sorted(ranked)]
    best = [line for line in lines if line.rank <= BOARD_SIZE][: 2 * BOARD_SIZE]
    return best + [line for line in lines if line.own and line not in best]


def _rolled_up(
    tree: Mapping[BranchId, Branch], beside: Collection[BranchId], counts: Mapping[BranchId, int]
) -> Counter[BranchId]:
    """What each branch and all below it come to."""
    sums: Counter[BranchId] = Counter()
    for branch, count in counts.items():
        above = tree.get(branch)
        while above is not None and above.id not in beside:
            above = tree.get(above.parent) if above.parent is not None else None
        if above is not None:
            sums[above.id] += count
    return sums
