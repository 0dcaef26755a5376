"""What the weekly picture shows: a board, the trend of eight weeks, topics; plain values that a store can keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import plain
from domain.admin.setting import Ranking
from domain.messaging.message import Picture
from domain.points.period import Every, containing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from domain.messaging.chat import Chat
    from domain.points.board import Board
    from domain.report.features import Stores
    from domain.report.summary import Summary

WEEKS = 8
LINES = 8  # of the board: more would be too small on a phone
LEAST_WEEKS = 2  # that make a trend
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the board: somebody's points, or those of a branch for each person; `change` are the places gained."""

    rank: int
    name: str
    value: float
    change: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A week of the trend, by its Monday (ISO)."""

    monday: str
    value: int


@dataclass(frozen=True, slots=True)
class Slice:
    """A topic and how many suggestions have it."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class WeeklyPicture:
    """The values of one picture: all of them numbers and words, so that JSON holds them.

    `trend` is the points of the whole group, the newest week last, without a week that still runs; it is empty where
    there are not yet two weeks. The board is empty where nobody is ranked; `more` are not on it.
    """

    title: str
    monday: str
    sunday: str
    so_far: bool
    by_branch: bool
    lines: tuple[Line, ...]
    more: int
    trend: tuple[Point, ...]
    topics: tuple[Slice, ...]

    @property
    def worth_painting(self) -> bool:
        """Whether it shows more than the words do."""
        return bool(self.lines or self.trend)

    def as_picture(self) -> Picture:
        """As a message has it."""
        return Picture("summary.week", asdict(self))


def of_week(stores: Stores, group: Chat, summary: Summary) -> WeeklyPicture:
    """The picture of a group's week that was summed up."""
    monday = containing(Every.WEEK, summary.monday).first
    board = summary.board
    lines, more = _lines(board)
    return WeeklyPicture(
        plain.tidy(group.title),
        monday.isoformat(),
        summary.sunday.isoformat(),
        summary.so_far,
        board.ranking is Ranking.BRANCH,
        lines,
        more,
        _trend(stores, group, monday - A_WEEK if summary.so_far else monday),
        tuple(Slice(plain.tidy(name), count) for name, count in (summary.topics or {}).items()),
    )


def _trend(stores: Stores, group: Chat, newest: date) -> tuple[Point, ...]:
    """The points by week, from the first of eight weeks that has any."""
    weeks = [newest - A_WEEK * number for number in reversed(range(WEEKS))]
    earned: Mapping[date, int] = stores.boards.by_week(group.id, weeks[0], newest)
    begun = [one for one in weeks if any(earned.get(each) for each in weeks if each <= one)]
    if len(begun) < LEAST_WEEKS:
        return ()
    return tuple(Point(one.isoformat(), earned.get(one, 0)) for one in begun)


def _lines(board: Board) -> tuple[tuple[Line, ...], int]:
    """The first lines, with the group's own branch, and how many are not among them."""
    if board.ranking is Ranking.BRANCH:
        all_lines = [
            Line(one.rank, plain.tidy(one.name), one.each, _gained(one.rank, one.before), one.own)
            for one in board.branches
        ]
    else:
        all_lines = [
            Line(one.rank, plain.tidy(one.member.name), one.points, _gained(one.rank, one.before))
            for one in board.standings
        ]
    shown = [one for place, one in enumerate(all_lines) if place < LINES or one.own]
    return tuple(shown), board.others + len(all_lines) - len(shown)


def _gained(rank: int, before: int | None) -> int:
    return 0 if before is None else before - rank
