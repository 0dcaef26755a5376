"""The enterprise's own calendar in the store."""

from datetime import date

from sqlalchemy import Boolean, Column, Connection, Date, Table, Text, bindparam, select

from domain.clock.calendar import Day
from storage.base import metadata
from storage.dialects import upsert
from storage.feature import Feature

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_workday", Boolean, nullable=False),
    Column("note", Text, nullable=False),
)

own = calendar_days.c
PUT = upsert(calendar_days, ("day",), is_workday=bindparam("new_is_workday"), note=bindparam("new_note"))
ALL = select(own.day, own.is_workday)
HAS_YEAR = select(own.day).where(own.day.between(bindparam("first"), bindparam("last"))).limit(1)


class Calendar:
    """See `domain.clock.calendar.Calendar`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def put(self, day: Day) -> None:
        """Add a day, or replace what was known of it."""
        values = {"is_workday": day.is_workday, "note": day.note}
        changes = {f"new_{name}": value for name, value in values.items()}
        self.connection.execute(PUT, {"day": day.date, **values, **changes})

    def workdays(self) -> dict[date, bool]:
        """Whether people work, for each day that is known."""
        return {day: bool(works) for day, works in self.connection.execute(ALL)}

    def has_year(self, year: int) -> bool:
        """Whether any day of a year is known."""
        span = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
        return self.connection.execute(HAS_YEAR, span).first() is not None


FEATURE = Feature(tables=(calendar_days,))
