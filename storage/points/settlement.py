"""Settlements in the store, and everybody's score in each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.ids import BranchId, ChatId, MemberId, SettlementId
from domain.messaging.chat import ChatKind
from domain.points.board import Standing
from domain.points.event import RuleName
from domain.points.period import ORDER, Every, Period, containing
from domain.points.settled import LateSum, Part, RuleSum, Score, Settlement, State
from storage.base import Id, metadata
from storage.columns import Json, Moment
from storage.feature import MEMBER, Feature, Personal, subject
from storage.messaging.chat import ADMITTED, chats
from storage.people.member import columns, members, to_member
from storage.people.membership import memberships
from storage.people.tables import people, placements
from storage.points.points import on_no_board
from storage.points.tables import points_entries

settlements = Table(
    "settlements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("by_id", Id, ForeignKey("members.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("upto", Id, nullable=False),
    Column("covered", Id, nullable=False),
    Column("people", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("ended_at", Moment),
    Column("reason", Text, nullable=False),
)
settlement = settlements.c
STANDING = settlement.state != State.CANCELLED.value
Index(
    "uq_settlements_kind_first",
    settlement.kind,
    settlement.first,
    unique=True,
    sqlite_where=STANDING,
    postgresql_where=STANDING,
)
settlement_lines = Table(
    "settlement_lines",
    metadata,
    Column("settlement_id", Id, ForeignKey("settlements.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("points", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("by_rule", Json, nullable=False),
    Column("by_category", Json, nullable=False, server_default="{}"),
    Column("vetoed_by", String(32), nullable=False, server_default=""),
    Index(None, "member_id"),
)
line, entry, placement = settlement_lines.c, points_entries.c, placements.c
COLUMNS = tuple(settlement)
KEPT = ("until", "upto", "covered", "people", "state", "scheme", "hash", "ended_at", "reason")
BEGIN = insert(settlements).on_conflict_do_nothing().returning(settlement.id)
SAVE = (
    update(settlements)
    .where(settlement.id == bindparam("number"))
    .values({name: bindparam(f"new_{name}", type_=settlement[name].type) for name in KEPT})
)
ONE: Select[Any] = select(*COLUMNS).where(settlement.id == bindparam("number"))
NEWEST: Select[Any] = select(*COLUMNS).where(STANDING).order_by(settlement.id.desc()).limit(bindparam("limit"))
OVER: Select[Any] = select(*COLUMNS).where(
    STANDING, settlement.first <= bindparam("day"), settlement.last >= bindparam("day")
)
IN_STATE: Select[Any] = select(*COLUMNS).where(settlement.state == bindparam("wanted")).order_by(settlement.id)
EARLY = select(entry.day).order_by(entry.id).limit(1000).subquery()  # one may be written after others of later days
LEDGER_START = select(func.min(EARLY.c.day))
LEDGER_END = select(func.coalesce(func.max(entry.id), 0))
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
SUMS = (  # member by member, so that SQLite reads a period and not the whole ledger
    select(*KEY, func.sum(entry.points)).where(*IN_PERIOD, entry.member_id.in_(select(members.c.id))).group_by(*KEY)
)
SUMS_OF = SUMS.where(entry.member_id.in_(bindparam("members", expanding=True)))
VETOED = (
    select(entry.member_id, func.min(entry.rule))
    .where(*IN_PERIOD, entry.rule.in_(bindparam("rules", expanding=True)))
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
FORGET = delete(settlement_lines).where(line.settlement_id == bindparam("number"))
PUT = insert(settlement_lines)
SCORE = (line.member_id, line.branch_id, line.points, line.late, line.by_rule, line.by_category, line.vetoed_by)
LINES: Select[Any] = select(*SCORE).where(line.settlement_id == bindparam("number")).order_by(line.member_id)
LINE: Select[Any] = select(*SCORE).where(
    line.settlement_id == bindparam("number"), line.member_id == bindparam("member")
)
THERE = select(memberships.c.member_id).where(
    memberships.c.group_id == bindparam("group"), memberships.c.left_at.is_(None)
)
# Not joined: a group has a hundred people, and a settlement twenty thousand lines.
IN_GROUP = (line.settlement_id == bindparam("number"), line.member_id.in_(THERE), ~on_no_board(line.member_id))
RANKED: Select[Any] = (
    select(func.rank().over(order_by=line.points.desc()).label("rank"), line.points, *columns(members))
    .join(members, members.c.id == line.member_id)
    .where(*IN_GROUP)
    .order_by(line.points.desc(), line.member_id)
    .limit(bindparam("limit"))
)
HOW_MANY = select(func.count()).select_from(settlement_lines).where(*IN_GROUP)
BY_BRANCH = (
    select(line.branch_id, func.count(), func.sum(line.points))
    .where(line.settlement_id == bindparam("number"), line.branch_id.is_not(None))
    .group_by(line.branch_id)
)


def to_settlement(row: Sequence[Any]) -> Settlement:
    """A row of COLUMNS as the domain's."""
    number, kind, first, _, until, by, at, upto, covered, how_many, state, *rest = row
    period = containing(Every(kind), first)
    return Settlement(
        SettlementId(number), period, until, MemberId(by), at, upto, covered, how_many, State(state), *rest
    )


def to_score(row: Sequence[Any]) -> Score:
    """A row of SCORE as the domain's."""
    member, branch, points, late, by_rule, by_category, vetoed_by = row
    where = None if branch is None else BranchId(branch)
    return Score(MemberId(member), where, points, late, by_rule, to_parts(by_category), vetoed_by)


def to_parts(kept: Mapping[str, Sequence[int]]) -> dict[str, Part]:
    """What each category came to, as it is kept."""
    return {category: Part(*part) for category, part in kept.items()}


class Settlements:
    """See `domain.points.settled.Settlements`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def begin(self, new: Settlement) -> Settlement | None:
        """Add one; `None` where its period has one already that was not cancelled."""
        period = {"kind": new.period.every, "first": new.period.first, "last": new.period.last}
        values = {**period, "by_id": new.by, "at": new.at, **_kept(new)}
        number = self.connection.execute(BEGIN, values).scalar_one_or_none()
        return None if number is None else replace(new, id=SettlementId(number))

    def save(self, settlement: Settlement) -> None:
        """Remember what has changed about one."""
        values = {f"new_{name}": value for name, value in _kept(settlement).items()}
        self.connection.execute(SAVE, {"number": settlement.id, **values})

    def get(self, number: SettlementId) -> Settlement | None:
        """One settlement, if there is such a one."""
        row = self.connection.execute(ONE, {"number": number}).one_or_none()
        return to_settlement(row) if row else None

    def newest(self, limit: int) -> list[Settlement]:
        """Those that were not cancelled, the newest first."""
        return [to_settlement(row) for row in self.connection.execute(NEWEST, {"limit": limit})]

    def over(self, day: date) -> list[Settlement]:
        """Those that were not cancelled and whose period holds a day, the shortest period first."""
        found = [to_settlement(row) for row in self.connection.execute(OVER, {"day": day})]
        return sorted(found, key=lambda one: ORDER[one.period.every])

    def provisional(self) -> list[Settlement]:
        """Those that are on show, oldest first."""
        return self._in(State.PROVISIONAL)

    def final(self) -> list[Settlement]:
        """Those that are final, oldest first."""
        return self._in(State.FINAL)

    def _in(self, state: State) -> list[Settlement]:
        return [to_settlement(row) for row in self.connection.execute(IN_STATE, {"wanted": state})]

    def ledger_start(self) -> date | None:
        """The day from which there are entries."""
        found: date | None = self.connection.execute(LEDGER_START).scalar_one()
        return found

    def ledger_end(self) -> int:
        """The number of the newest entry."""
        return int(self.connection.execute(LEDGER_END).scalar_one())

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

    def put(self, number: SettlementId, scores: Iterable[Score]) -> None:
        """Keep everybody's score, in place of what was kept of a settlement that is on show."""
        self.connection.execute(FORGET, {"number": number})
        rows = [
            {
                "settlement_id": number,
                "member_id": one.member,
                "branch_id": one.branch,
                "points": one.points,
                "late": one.late,
                "by_rule": dict(one.by_rule),
                "by_category": dict(one.by_category),
                "vetoed_by": one.vetoed_by,
            }
            for one in scores
        ]
        if rows:
            self.connection.execute(PUT, rows)

    def lines(self, number: SettlementId) -> list[Score]:
        """Everybody's score, by member."""
        return [to_score(row) for row in self.connection.execute(LINES, {"number": number})]

    def line(self, number: SettlementId, member: MemberId) -> Score | None:
        """One member's score."""
        row = self.connection.execute(LINE, {"number": number, "member": member}).one_or_none()
        return to_score(row) if row else None

    def standings(self, number: SettlementId, group: ChatId, limit: int) -> list[Standing]:
        """The members of a group who are on boards, best first; equal points share a rank."""
        rows = self.connection.execute(RANKED, {"number": number, "group": group, "limit": limit})
        return [Standing(rank, to_member(who), points) for rank, points, *who in rows]

    def in_group(self, number: SettlementId, group: ChatId) -> int:
        """How many members of a group have a score and are on boards."""
        return int(self.connection.execute(HOW_MANY, {"number": number, "group": group}).scalar_one())

    def by_branch(self, number: SettlementId) -> Mapping[BranchId, tuple[int, int]]:
        """For each branch of the time: people, and their points together."""
        rows = self.connection.execute(BY_BRANCH, {"number": number})
        return {BranchId(branch): (how_many, int(points)) for branch, how_many, points in rows}


def _span(period: Period, upto: int) -> dict[str, Any]:
    return {"first": period.first, "last": period.last, "upto": upto}


def _kept(one: Settlement) -> dict[str, Any]:
    return {name: getattr(one, name) for name in KEPT}


OWN = (
    select(settlement.first.label("since"), settlement.last.label("until"), line.points)
    .join(settlements, settlement.id == line.settlement_id)
    .where(line.member_id == MEMBER)
    .order_by(settlement.id)
)
FEATURE = Feature(
    tables=(settlements, settlement_lines),
    personal=(Personal(260, "settlements", OWN, texts="settlement"),),
    not_erased={
        "settlements": "who settled stays known under a number",
        "settlement_lines": "settled scores stay what they were, under a number",
    },
    open_subjects=(
        select(subject("settlement:", settlement.id, ":", chats.c.id))
        .join(chats, chats.c.kind != ChatKind.PRIVATE.value)
        .where(settlement.state == State.PROVISIONAL.value),
    ),
)
