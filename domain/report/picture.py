"""What the weekly picture shows: a board, the trend of eight weeks, topics; plain values that a store can keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from domain.admin.setting import Ranking
from domain.points.period import Every, containing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.messaging.chat import Chat
    from domain.points.board import Board
    from domain.report.features import Stores
    from domain.report.summary import Summary

WEEKS = 8
LINES = 10
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the board: somebody's points, or those of a branch for each person."""

    rank: int
    name: str
    value: float


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

    `trend` is the points of the whole group, the newest week last; a board is empty where nobody is ranked.
    """

    title: str
    monday: str
    lines: tuple[Line, ...]
    trend: tuple[Point, ...]
    topics: tuple[Slice, ...]

    def as_json(self) -> Mapping[str, Any]:
        """As the store keeps it."""
        return asdict(self)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> WeeklyPicture:
        """What the store kept."""
        return cls(
            kept["title"],
            kept["monday"],
            tuple(Line(**one) for one in kept["lines"]),
            tuple(Point(**one) for one in kept["trend"]),
            tuple(Slice(**one) for one in kept["topics"]),
        )


def of_week(stores: Stores, group: Chat, summary: Summary) -> WeeklyPicture:
    """The picture of a group's week that was summed up."""
    monday = containing(Every.WEEK, summary.monday).first
    weeks = [monday - A_WEEK * number for number in reversed(range(WEEKS))]
    earned = stores.boards.by_week(group.id, weeks[0], monday)
    return WeeklyPicture(
        group.title,
        monday.isoformat(),
        _lines(summary.board),
        tuple(Point(one.isoformat(), earned.get(one, 0)) for one in weeks),
        tuple(Slice(name, count) for name, count in (summary.topics or {}).items()),
    )


def _lines(board: Board) -> tuple[Line, ...]:
    if board.ranking is Ranking.BRANCH:
        return tuple(Line(one.rank, one.name, one.each) for one in board.branches[:LINES])
    return tuple(Line(one.rank, one.member.name, one.points) for one in board.standings[:LINES])
