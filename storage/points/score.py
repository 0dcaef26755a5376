"""What scores are made of, in the store: sums by category, and vetoes that stand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from domain.ids import MemberId
from domain.points.event import RuleName
from domain.points.score import Sum
from storage.points.tables import points_entries

entry = points_entries.c
AT_ONCE = 500  # members in one statement
OF_DAYS = (
    entry.member_id.in_(bindparam("members", expanding=True)),
    entry.day.between(bindparam("first"), bindparam("last")),
)
SUMS = (
    select(entry.member_id, entry.category, func.sum(entry.points))
    .where(*OF_DAYS)
    .group_by(entry.member_id, entry.category)
)
STANDING_FOR = (
    select(entry.member_id, func.min(entry.rule))
    .where(*OF_DAYS, entry.rule.in_(bindparam("rules", expanding=True)))
    .group_by(entry.member_id, entry.event, entry.source)
    .having(func.count() % 2 == 1)
)


class Sums:
    """The part of `domain.points.points.Points` that scores are made of."""

    connection: Connection

    def sums(self, members: Collection[MemberId], first: date, last: date) -> list[Sum]:
        """What members' entries from one day up to and with another add up to, by category."""
        rows = self._of_days(SUMS, members, {"first": first, "last": last})
        return [Sum(MemberId(member), category, int(points)) for member, category, points in rows]

    def standing_for(
        self, rules: Collection[RuleName], members: Collection[MemberId], first: date, last: date
    ) -> Mapping[MemberId, RuleName]:
        """Which members have an entry of these rules that stands, and of which, between two days."""
        rows = self._of_days(STANDING_FOR, members, {"rules": list(rules), "first": first, "last": last})
        return {MemberId(member): RuleName(rule) for member, rule in rows}

    def _of_days(
        self, statement: Select[Any], members: Collection[MemberId], values: Mapping[str, Any]
    ) -> Iterator[Sequence[Any]]:
        """The rows of a statement about members, asked for some hundreds of them at a time."""
        some = list(members)
        for start in range(0, len(some), AT_ONCE):
            yield from self.connection.execute(statement, {**values, "members": some[start : start + AT_ONCE]})
