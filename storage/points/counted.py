"""What settled scores are made of, in the store: the ledger of a period, and who was where in it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from domain.ids import BranchId, MemberId
from domain.points.event import RuleName
from domain.points.period import Every, Period, containing
from domain.points.settled import LateSum, RuleSum, State
from storage.columns import Moment
from storage.messaging.chat import ADMITTED, chats
from storage.people.member import members
from storage.people.membership import memberships
from storage.people.tables import people, placements
from storage.points.tables import points_entries, settlements

settlement, entry, placement = settlements.c, points_entries.c, placements.c
FINAL = (settlement.kind == bindparam("kind"), settlement.state == State.FINAL.value)
COVERED = select(func.coalesce(func.max(settlement.upto), 0)).where(*FINAL)

# What a score is made of: the entries of the period, and those of final periods that came too late for these.
IN_PERIOD = (entry.day >= bindparam("first"), entry.day <= bindparam("last"), entry.id <= bindparam("upto"))
IS_LATE = (
    entry.id > bindparam("covered"),
    entry.id <= bindparam("upto"),
    select(settlement.id)
    .where(
        *FINAL,
        settlement.first <= entry.day,
        settlement.last >= entry.day,
        settlement.upto <= bindparam("covered"),  # those that were final before this one was counted
    )
    .exists(),
)
AT_ONCE = 500  # members in one statement
KEY = (entry.member_id, entry.category, entry.rule)
BY_MEMBER = entry.member_id.in_(select(members.c.id))  # so that SQLite reads a period and not the whole ledger
SUMS = select(*KEY, func.sum(entry.points)).where(*IN_PERIOD, BY_MEMBER).group_by(*KEY)
SUMS_OF = SUMS.where(entry.member_id.in_(bindparam("members", expanding=True)))
VETOED = (
    select(entry.member_id, func.min(entry.rule))
    .where(*IN_PERIOD, BY_MEMBER, entry.rule.in_(bindparam("rules", expanding=True)))
    .group_by(entry.member_id, entry.event, entry.source)
    .having(func.count() % 2 == 1)
    .order_by(entry.member_id)
)
LATE = (
    select(settlement.first, entry.member_id, entry.rule, func.sum(entry.points))
    .join(settlements, (settlement.first <= entry.day) & (settlement.last >= entry.day))
    .where(
        *FINAL,
        settlement.upto <= bindparam("covered"),
        entry.id > bindparam("covered"),
        entry.id <= bindparam("upto"),
    )
    .group_by(settlement.first, entry.member_id, entry.rule)
)
IN_GROUPS = (
    select(memberships.c.member_id)
    .join(chats, chats.c.id == memberships.c.group_id)
    .join(members, members.c.id == memberships.c.member_id)
    .outerjoin(people, people.c.member_id == memberships.c.member_id)
    .where(
        *ADMITTED,
        members.c.platform_id > 0,
        memberships.c.joined_at < bindparam("until", type_=Moment),
        or_(memberships.c.left_at.is_(None), memberships.c.left_at >= bindparam("since", type_=Moment)),
        or_(people.c.left_on.is_(None), people.c.left_on > bindparam("first")),
    )
    .distinct()
)
PLACED = (
    select(people.c.member_id, placement.branch_id)
    .join(placements, placement.person_id == people.c.id)
    .where(
        people.c.member_id.is_not(None),
        placement.since <= bindparam("last"),
        or_(placement.until.is_(None), placement.until > bindparam("first")),
    )
    .order_by(placement.since)
)


class Counted:
    """The part of `domain.points.settled.Settlements` that counts."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def covered(self, kind: Every) -> int:
        """How far the final settlements of a kind go."""
        return int(self.connection.execute(COVERED, {"kind": kind}).scalar_one())

    def sums(self, period: Period, upto: int) -> list[RuleSum]:
        """The entries of a period up to a number added up."""
        rows = self.connection.execute(SUMS, _span(period, upto))
        return [RuleSum(member, category, rule, int(points)) for member, category, rule, points in rows]

    def sums_of(self, members: Collection[MemberId], period: Period, upto: int) -> list[RuleSum]:
        """The same, of some members."""
        found: list[RuleSum] = []
        some = sorted(members)
        for start in range(0, len(some), AT_ONCE):
            rows = self.connection.execute(SUMS_OF, {**_span(period, upto), "members": some[start : start + AT_ONCE]})
            found += [RuleSum(member, category, rule, int(points)) for member, category, rule, points in rows]
        return found

    def vetoed(self, rules: Collection[RuleName], period: Period, upto: int) -> Mapping[MemberId, RuleName]:
        """Who has an entry of these rules that stands, and of which."""
        if not rules:
            return {}
        rows = self.connection.execute(VETOED, {**_span(period, upto), "rules": [str(rule) for rule in rules]})
        return {MemberId(member): RuleName(rule) for member, rule in rows}

    def late(self, kind: Every, upto: int, covered: int) -> list[LateSum]:
        """The entries behind `covered` of periods that were final before."""
        rows = self.connection.execute(LATE, {"kind": kind, "upto": upto, "covered": covered})
        return [
            LateSum(containing(kind, first), MemberId(member), rule, int(points))
            for first, member, rule, points in rows
        ]

    def placed(self, period: Period) -> Mapping[MemberId, BranchId]:
        """Who was on the roster in a period, and their last branch in it."""
        rows = self.connection.execute(PLACED, {"first": period.first, "last": period.last})
        return {MemberId(member): BranchId(branch) for member, branch in rows}

    def in_groups(self, since: datetime, until: datetime, first: date) -> list[MemberId]:
        """Who was in an admitted group between two moments; nobody who had left the enterprise by the first day."""
        rows = self.connection.execute(IN_GROUPS, {"since": since, "until": until, "first": first})
        return [MemberId(member) for member in rows.scalars()]


def _span(period: Period, upto: int) -> dict[str, Any]:
    return {"first": period.first, "last": period.last, "upto": upto}
