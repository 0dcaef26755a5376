"""Boards: who has how many points in a span of time, and where that puts them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from domain.admin import setting
from domain.admin.setting import Ranking
from domain.people.member import home
from domain.people.permission import Permission, require

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
A_WEEK = timedelta(days=7)


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


class Boards(Protocol):
    """The totals of a span of time, in the order of a board."""

    def standings(self, group: ChatId, monday: date, limit: int) -> list[Standing]:
        """A group's week, best first; equal points share a rank; nobody without points."""

    def ranked(self, group: ChatId, monday: date) -> int:
        """How many members of a group have points in a week."""

    def standing(self, group: ChatId, monday: date, member: MemberId) -> Standing | None:
        """One member's line of a week's board."""


class HasBoards(Protocol):
    """Stores with this one among them."""

    @property
    def boards(self) -> Boards:
        """See `Boards`."""


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
    found = stores.boards.standings(group.id, monday, limit=2 * BOARD_SIZE)
    standings = [s for s in found if s.rank <= BOARD_SIZE]
    own = None
    if viewer is not None and viewer not in {s.member.id for s in standings}:
        own = stores.boards.standing(group.id, monday, viewer)
    return Board(monday, standings, stores.boards.ranked(group.id, monday) - len(standings), own)


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
