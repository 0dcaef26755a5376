"""Boards in the store: weeks from the totals that are written with the ledger, months from what was rolled up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Select,
    bindparam,
    func,
    select,
    union_all,
)

from domain.ids import ChatId, MemberId
from domain.points.board import Asked, Standing
from domain.points.period import Every
from storage.people.member import columns, members, to_member
from storage.points import months
from storage.points.months import CATEGORY, points_months
from storage.points.points import on_no_board
from storage.points.tables import points_entries, points_weeks
from storage.prepared import Prepared

FIRST: BindParameter[date] = bindparam("first", type_=Date)
END: BindParameter[date] = bindparam("end", type_=Date)
entry = points_entries.c
IN_LEDGER = (entry.group_id == bindparam("group"), entry.day >= FIRST, entry.day < END)
IN_MONTHS = (
    points_months.c.group_id == bindparam("group"),
    points_months.c.month >= FIRST,
    points_months.c.month < END,
)


@dataclass(frozen=True, slots=True)
class Statements:
    """What is asked of the scores of a period: how many there are, the best, somebody's ranks, who stands beside."""

    ranked: Prepared
    best: Prepared
    ranks: Select[Any]
    around: Prepared


def _statements(scores: FromClause, *conditions: ColumnElement[bool]) -> Statements:
    """The statements over rows of members and points. Whoever has none, or wants to be on no board, is not there."""
    score = scores.c
    there = (*conditions, score.points > 0, ~on_no_board(score.member_id))
    order = (score.points.desc(), score.member_id)
    rank = func.rank().over(order_by=score.points.desc()).label("rank")
    with_rank: Select[Any] = select(rank, score.points.label("score"), score.member_id).where(*there)
    best = with_rank.order_by(*order).limit(bindparam("limit")).subquery()
    ranks = with_rank.subquery()
    numbered = with_rank.add_columns(func.row_number().over(order_by=order).label("place")).cte()
    own = numbered.alias()
    return Statements(
        Prepared(select(func.count()).select_from(scores).where(*there)),
        Prepared(_with_members(best)),
        select(ranks.c.member_id, ranks.c.rank).where(ranks.c.member_id.in_(bindparam("members", expanding=True))),
        Prepared(
            _with_members(numbered)
            .join(own, numbered.c.place.between(own.c.place - 1, own.c.place + 1))
            .where(own.c.member_id == bindparam("member"))
        ),
    )


def _with_members(ranked: FromClause) -> Select[Any]:
    """Lines of a board, with their members."""
    lines: Select[Any] = select(ranked.c.rank, ranked.c.score, *columns(members))
    return lines.join_from(ranked, members, members.c.id == ranked.c.member_id).order_by(ranked.c.rank, members.c.id)


def _added_up(*parts: Select[Any]) -> FromClause:
    both = union_all(*parts).subquery()
    return select(both.c.member_id, func.sum(both.c.points).label("points")).group_by(both.c.member_id).subquery()


WEEK = _statements(
    points_weeks, points_weeks.c.group_id == bindparam("group"), points_weeks.c.monday == bindparam("first")
)
OF_CATEGORY = bindparam("category") == CATEGORY
# What a day's lines were written before the day began is nothing: the index over moments bounds what is looked at.
LEDGER = select(entry.member_id, entry.points).where(*IN_LEDGER, entry.at >= bindparam("earliest"))
# A day's lines at most: looked up by their numbers, where the engines would choose the index of the whole group.
IN_TAIL = (entry.group_id + 0 == bindparam("group"), entry.day >= FIRST, entry.day < END, entry.id > bindparam("up_to"))
TAIL = select(entry.member_id, entry.points).where(*IN_TAIL)
ROLLED = select(points_months.c.member_id, points_months.c.points).where(*IN_MONTHS)
WEEK_OF_CATEGORY = _statements(_added_up(LEDGER.where(OF_CATEGORY)))
MONTHS = _statements(_added_up(ROLLED, TAIL))
MONTHS_OF_CATEGORY = _statements(
    _added_up(ROLLED.where(points_months.c.category == bindparam("category")), TAIL.where(OF_CATEGORY))
)
CATEGORIES_OF_LEDGER = select(CATEGORY).where(*IN_LEDGER, entry.at >= bindparam("earliest")).distinct()
CATEGORIES = union_all(
    select(points_months.c.category).where(*IN_MONTHS).distinct(), select(CATEGORY).where(*IN_TAIL).distinct()
)

BY_WEEK = (
    select(points_weeks.c.monday, func.sum(points_weeks.c.points))
    .where(
        points_weeks.c.group_id == bindparam("group"),
        points_weeks.c.monday.between(bindparam("since"), bindparam("last")),
    )
    .group_by(points_weeks.c.monday)
)


class Boards:
    """See `domain.points.board.Boards`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def standings(self, asked: Asked, limit: int) -> list[Standing]:
        """The best of a group; equal points share a rank; nobody without points."""
        return self._lines(_of(asked).best, {**self._values(asked), "limit": limit})

    def ranked(self, asked: Asked) -> int:
        """How many members of a group have points."""
        ((count,),) = _of(asked).ranked(self.connection, self._values(asked))
        return int(count)

    def around(self, asked: Asked, member: MemberId) -> list[Standing]:
        """A member's line, with the one above and the one below; nothing for who has no points."""
        return self._lines(_of(asked).around, {**self._values(asked), "member": member})

    def ranks(self, asked: Asked, members: Collection[MemberId]) -> Mapping[MemberId, int]:
        """The ranks of some members."""
        rows = self.connection.execute(_of(asked).ranks, {**self._values(asked), "members": list(members)})
        return {MemberId(member): rank for member, rank in rows}

    def categories(self, asked: Asked) -> list[str]:
        """The categories in which a group has lines of the ledger."""
        statement = CATEGORIES_OF_LEDGER if asked.period.every is Every.WEEK else CATEGORIES
        return sorted(set(self.connection.execute(statement, self._values(asked)).scalars()))

    def by_week(self, group: ChatId, first: date, last: date) -> Mapping[date, int]:
        """A group's points by the Mondays from `first` to `last`."""
        rows = self.connection.execute(BY_WEEK, {"group": group, "since": first, "last": last})
        return {monday: int(points) for monday, points in rows}

    def roll_up(self, most: int) -> None:
        """Add the next lines of the ledger, at most so many, to what is kept by month."""
        months.roll_up(self.connection, most)

    def _values(self, asked: Asked) -> dict[str, Any]:
        first, end = asked.period.first, asked.period.end
        earliest = datetime.combine(first, time(), UTC) - timedelta(days=1)
        values = {"group": asked.group, "first": first, "end": end, "earliest": earliest, "category": asked.category}
        rolled = 0 if asked.period.every is Every.WEEK else months.up_to(self.connection)
        return {**values, "up_to": rolled}

    def _lines(self, statement: Prepared, values: Mapping[str, Any]) -> list[Standing]:
        rows = statement(self.connection, values)
        return [Standing(rank, to_member(who), int(points)) for rank, points, *who in rows]


def _of(asked: Asked) -> Statements:
    if asked.period.every is Every.WEEK:
        return WEEK if asked.category is None else WEEK_OF_CATEGORY
    return MONTHS if asked.category is None else MONTHS_OF_CATEGORY
