"""Boards: who has how many points in a span of time, and where that puts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from domain.admin import setting
from domain.admin.setting import Ranking
from domain.people.member import home
from domain.people.permission import Permission, require
from domain.points.event import NO_RULE, CategoryName
from domain.points.period import Every, Period, containing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from domain.ids import BranchId, ChatId, MemberId
    from domain.messaging.chat import Chat
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member
    from domain.points.features import Stores

BOARD_SIZE = 10
RANKED = (Every.WEEK, Every.MONTH, Every.QUARTER, Every.YEAR)  # periods of boards
MAX_CATEGORY_BYTES = 32  # of a category that a button can name
NOT_RULED = NO_RULE.partition(".")[0]  # the category of what gives nothing


@dataclass(frozen=True, slots=True)
class Asked:
    """Of which group, period and category (`None`: all) a board is."""

    group: ChatId
    period: Period
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a board; members with equal points share a rank. `before` is their rank of the period before."""

    rank: int
    member: Member
    points: int
    before: int | None = None


@dataclass(frozen=True, slots=True)
class BranchStanding:
    """One line of a board of branches: points for each person on its roster, so that large ones have no advantage."""

    rank: int
    name: str
    each: float
    own: bool
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """A group's board of a period: those ranked ten or better, and how many more there are; or branches; or nothing.

    Whoever does not want to be on it is not, and `others` (people with points, or branches) does not count them. `near`
    are the lines above and below one's `own`, with it. `compared` tells whether anybody stood on the board before: else
    nobody is called new.
    """

    first: date
    standings: Sequence[Standing]
    others: int
    own: Standing | None = None
    ranking: Ranking = Ranking.PUBLIC
    branches: Sequence[BranchStanding] = ()
    every: Every = Every.WEEK
    category: CategoryName | None = None
    categories: Sequence[CategoryName] = ()
    near: Sequence[Standing] = ()
    compared: bool = False


class Boards(Protocol):
    """The totals of a period, in the order of a board."""

    def standings(self, asked: Asked, limit: int) -> list[Standing]:
        """The best of a group; equal points share a rank; nobody without points."""

    def ranked(self, asked: Asked) -> int:
        """How many members of a group have points."""

    def around(self, asked: Asked, member: MemberId) -> list[Standing]:
        """A member's line, with the one above and the one below; nothing for who has no points."""

    def ranks(self, asked: Asked, members: Collection[MemberId]) -> Mapping[MemberId, int]:
        """The ranks of some members."""

    def categories(self, asked: Asked) -> list[str]:
        """The categories in which a group has lines of the ledger."""

    def by_week(self, group: ChatId, first: date, last: date) -> Mapping[date, int]:
        """A group's points by the Mondays from `first` to `last`."""

    def roll_up(self, most: int) -> None:
        """Add the next lines of the ledger, at most so many, to what is kept by month."""


class HasBoards(Protocol):
    """Stores with this one among them."""

    @property
    def boards(self) -> Boards:
        """See `Boards`."""


def this_week(stores: Stores, actor: Actor) -> Board:
    """This week's board of the group, in private of one's own group. Raises NoGroupYet."""
    return current(stores, actor, every=Every.WEEK)


def current(stores: Stores, actor: Actor, *, every: Every, category: str | None = None) -> Board:
    """The board of the running period of the group, in private of one's own group. Raises NoGroupYet."""
    require(stores, actor, Permission.TAKE_PART)
    group = home(stores, actor)
    period = containing(every, group.day(actor.now))
    found = of_period(stores, group, period, category=category, viewer=actor.member.id)
    versions, named = stores.schemes.reload(), _nameable(stores.boards.categories(Asked(group.id, period)))
    found = replace(compared(stores, group, found), categories=[versions.titled_category(one) for one in named])
    return replace(found, near=()) if actor.chat.is_group else found


def _nameable(categories: Sequence[str]) -> list[str]:
    """Those that a button can carry, without that of entries that no rule fits."""
    able = (one for one in categories if ":" not in one and len(one.encode()) <= MAX_CATEGORY_BYTES)
    return [one for one in able if one != NOT_RULED]


def board(stores: Stores, *, group: Chat, monday: date, viewer: MemberId | None = None) -> Board:
    """A group's board of a week, as the group ranks."""
    return of_period(stores, group, containing(Every.WEEK, monday), viewer=viewer)


def of_period(
    stores: Stores, group: Chat, period: Period, *, category: str | None = None, viewer: MemberId | None = None
) -> Board:
    """A group's board of a period, as the group ranks.

    By name: all who are ranked ten or better, and the viewer's own line where they are not.
    """
    ranking, head = setting.ranking_of(stores, group), Board(period.first, (), 0, every=period.every)
    if category is not None:
        head = replace(head, category=stores.schemes.versions().titled_category(category))
    if ranking is Ranking.PRIVATE:
        return replace(head, ranking=ranking)
    if ranking is Ranking.BRANCH:
        found = _branches(stores, group, period)
        best = _best(found)
        return replace(head, ranking=ranking, branches=best, others=len(found) - len(best))
    asked = Asked(group.id, period, category)
    standings = [one for one in stores.boards.standings(asked, limit=2 * BOARD_SIZE) if one.rank <= BOARD_SIZE]
    there = viewer is None or viewer in {one.member.id for one in standings}
    near = [] if viewer is None or there else stores.boards.around(asked, viewer)
    return replace(
        head,
        standings=standings,
        others=stores.boards.ranked(asked) - len(standings),
        own=next((one for one in near if one.member.id == viewer), None),
        near=near,
    )


def compared(stores: Stores, group: Chat, found: Board) -> Board:
    """A board whose lines have their ranks of the period before."""
    period = containing(found.every, found.first)
    if found.branches:
        earlier = _branches(stores, group, period.before)
        before = {one.name: one.rank for one in earlier} if any(one.each for one in earlier) else {}
        branches = [replace(one, before=before.get(one.name)) for one in found.branches]
        return replace(found, branches=branches, compared=bool(before))
    people = [one.member.id for one in (*found.standings, *found.near)]
    if not people:
        return found
    ranks = stores.boards.ranks(
        Asked(group.id, period.before, None if found.category is None else str(found.category)), people
    )

    def moved(line: Standing) -> Standing:
        return replace(line, before=ranks.get(line.member.id))

    return replace(
        found,
        standings=[moved(one) for one in found.standings],
        near=[moved(one) for one in found.near],
        own=None if found.own is None else moved(found.own),
        compared=bool(ranks),
    )


def _best(lines: Sequence[BranchStanding]) -> Sequence[BranchStanding]:
    """The best of the branches, and the group's own."""
    best = [line for line in lines if line.rank <= BOARD_SIZE][: 2 * BOARD_SIZE]
    return best + [line for line in lines if line.own and line not in best]


def _branches(stores: Stores, group: Chat, period: Period) -> Sequence[BranchStanding]:
    """The branches beside a group's own, best first: what those in it and below it earned, for each person.

    A branch without people has no place among them.
    """
    if group.branch is None:
        return ()
    own = stores.branches.get(group.branch)
    tree = {branch.id: branch for branch in stores.branches.all()}
    beside = {branch.id: branch.name for branch in tree.values() if branch.parent == own.parent}
    tops = list(beside) if own.parent is None else [own.parent]
    earned: Counter[BranchId] = Counter()
    for top in tops:
        earned.update(stores.branches.points(top, period.first, period.end))
    points, people = (_rolled_up(tree, set(beside), counts) for counts in (earned, stores.branches.sizes()))
    each = {branch: round(points[branch] / people[branch], 1) for branch in beside if people[branch]}
    ranked = sorted((1 + sum(other > score for other in each.values()), branch) for branch, score in each.items())
    return [BranchStanding(rank, beside[branch], each[branch], branch == own.id) for rank, branch in ranked]


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
