"""Boards in the store: read from the totals that are written with the ledger."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from domain.ids import ChatId, MemberId
from domain.points.board import Standing
from storage.people.member import columns, members, to_member
from storage.points.points import on_no_board, points_weeks

THIS_WEEK = (
    points_weeks.c.group_id == bindparam("group"),
    points_weeks.c.monday == bindparam("monday"),
    points_weeks.c.points > 0,
    ~on_no_board(points_weeks.c.member_id),
)
RANKED = select(func.count()).select_from(points_weeks).where(*THIS_WEEK)
WITH_RANK: Select[Any] = (
    select(
        func.rank().over(order_by=points_weeks.c.points.desc()).label("rank"),
        points_weeks.c.points.label("score"),
        points_weeks.c.member_id,
    )
    .where(*THIS_WEEK)
    .order_by(points_weeks.c.points.desc(), points_weeks.c.member_id)
)
BEST = WITH_RANK.limit(bindparam("limit")).subquery()
STANDINGS = (
    select(BEST.c.rank, BEST.c.score, *columns(members))
    .join(members, members.c.id == BEST.c.member_id)
    .order_by(BEST.c.rank, members.c.id)
)
ABOVE = select(func.count()).select_from(points_weeks).where(*THIS_WEEK, points_weeks.c.points > bindparam("points"))
OWN = (
    select(points_weeks.c.points, *columns(members))
    .join(members)
    .where(*THIS_WEEK, members.c.id == bindparam("member"))
)


class Boards:
    """See `domain.points.board.Boards`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def standings(self, group: ChatId, monday: date, limit: int) -> list[Standing]:
        """A group's week, best first; equal points share a rank; nobody without points."""
        rows = self.connection.execute(STANDINGS, {"group": group, "monday": monday, "limit": limit})
        return [Standing(rank, to_member(who), points) for rank, points, *who in rows]

    def ranked(self, group: ChatId, monday: date) -> int:
        """How many members of a group have points in a week."""
        return self.connection.execute(RANKED, {"group": group, "monday": monday}).scalar_one()

    def standing(self, group: ChatId, monday: date, member: MemberId) -> Standing | None:
        """One member's line of a week's board."""
        where = {"group": group, "monday": monday}
        row = self.connection.execute(OWN, {**where, "member": member}).one_or_none()
        if row is None:
            return None
        points, *who = row
        above = self.connection.execute(ABOVE, {**where, "points": points}).scalar_one()
        return Standing(above + 1, to_member(who), points)
