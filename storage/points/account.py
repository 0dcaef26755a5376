"""The ledger by its causes, in the store; and which entries people in charge have made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Select, Table, bindparam, func, insert, select, update

from domain.ids import MemberId
from domain.points.adjustment import Adjustment
from domain.points.chain import LedgerLine
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import ERASED, Feature
from storage.points.points import ENTRIES, RULED, to_line
from storage.points.tables import points_entries

points_adjustments = Table(
    "points_adjustments",
    metadata,
    Column("entry_id", Id, ForeignKey("points_entries.id"), primary_key=True),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
)
entry, adjustment = points_entries.c, points_adjustments.c
LINES: Select[Any] = ENTRIES.add_columns(entry.id, entry.ordinal, entry.mac)
NEWEST = (
    select(entry.source, func.max(entry.at).label("newest"), func.max(entry.id).label("last"))
    .where(entry.member_id == bindparam("member"), RULED)
    .group_by(entry.source)
    .order_by(func.max(entry.at).desc(), func.max(entry.id).desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
    .subquery()
)
ITEMS = (
    LINES.join(NEWEST, NEWEST.c.source == entry.source)
    .where(entry.member_id == bindparam("member"), RULED)
    .order_by(NEWEST.c.newest.desc(), NEWEST.c.last.desc(), entry.id)
)
LINE = LINES.where(entry.id == bindparam("number"))
ABOUT = LINES.where(entry.member_id == bindparam("member"), entry.source == bindparam("source")).order_by(entry.id)
NOTE = insert(points_adjustments)
MADE = select(adjustment.entry_id, adjustment.by_id, adjustment.at).where(adjustment.entry_id == bindparam("number"))


class Accounts:
    """See `domain.points.account.Accounts`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def items(self, member: MemberId, offset: int, limit: int) -> list[LedgerLine]:
        """The entries of a member's newest causes: those of one cause together, oldest first."""
        rows = self.connection.execute(ITEMS, {"member": member, "offset": offset, "limit": limit})
        return [to_line(row) for row in rows]

    def line(self, number: int) -> LedgerLine | None:
        """One entry."""
        row = self.connection.execute(LINE, {"number": number}).one_or_none()
        return to_line(row) if row else None

    def about(self, member: MemberId, source: str) -> list[LedgerLine]:
        """A member's entries of one cause, oldest first."""
        return [to_line(row) for row in self.connection.execute(ABOUT, {"member": member, "source": source})]


class Adjustments:
    """See `domain.points.adjustment.Adjustments`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def note(self, number: int, by: MemberId, at: datetime) -> None:
        """Remember who has made an entry."""
        self.connection.execute(NOTE, {"entry_id": number, "by_id": by, "at": at})

    def made(self, number: int) -> Adjustment | None:
        """Who has made an entry, if a person did."""
        row = self.connection.execute(MADE, {"number": number}).one_or_none()
        return Adjustment(row.entry_id, MemberId(row.by_id), row.at) if row else None


# A reason is somebody's words about the member.
ERASE_REASONS = (
    update(points_entries).where(entry.member_id == ERASED, entry.id.in_(select(adjustment.entry_id))).values(cause="")
)
FEATURE = Feature(
    tables=(points_adjustments,),
    erase_member=(ERASE_REASONS,),
    not_shown={"points_adjustments": "who has changed points of others; the entry is shown to the one whose it is"},
    not_erased={"points_adjustments": "kept under a number: who changed points stays known to be one and the same"},
)
