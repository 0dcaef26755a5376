"""Settlements in the store, and everybody's score in each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from domain.ids import BranchId, ChatId, MemberId, SettlementId
from domain.messaging.chat import ChatKind
from domain.points.board import Standing
from domain.points.period import ORDER, Every, containing
from domain.points.settled import Part, Score, Settlement, State
from storage.feature import MEMBER, Feature, Personal, subject
from storage.messaging.chat import chats
from storage.people.member import columns, members, to_member
from storage.people.membership import memberships
from storage.points.counted import Counted
from storage.points.points import on_no_board
from storage.points.tables import STANDING, points_entries, settlement_lines, settlements

settlement = settlements.c
line, entry = settlement_lines.c, points_entries.c
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


class Settlements(Counted):
    """See `domain.points.settled.Settlements`."""

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
