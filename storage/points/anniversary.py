"""Who has joined the Party on a day of the year, as the roster has it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, extract, or_, select

from domain.points.anniversary import Joined
from storage.people.member import columns, members, to_member
from storage.people.tables import people

ON = (
    select(people.c.joined_on, people.c.name, *columns(members))
    .join(members, members.c.id == people.c.member_id)
    .where(
        or_(people.c.left_on.is_(None), people.c.left_on > bindparam("today")),
        people.c.joined_on.is_not(None),
        or_(
            *(
                and_(
                    extract("month", people.c.joined_on) == bindparam(f"month_{place}"),
                    extract("day", people.c.joined_on) == bindparam(f"day_{place}"),
                )
                for place in (0, 1)
            )
        ),
    )
    .order_by(people.c.joined_on, people.c.id)
)


class Anniversaries:
    """See `domain.points.anniversary.Anniversaries`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def joined(self, days: Sequence[tuple[int, int]], today: date) -> list[Joined]:
        """Who has joined on one of these days (month and day, two at most) of any year, and is there today."""
        both = [*days, *days][:2]
        values: dict[str, Any] = {"today": today}
        for place, (month, day) in enumerate(both):
            values |= {f"month_{place}": month, f"day_{place}": day}
        rows = self.connection.execute(ON, values)
        return [Joined(day, name, to_member(who)) for day, name, *who in rows]
