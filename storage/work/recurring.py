"""Recurring tasks in the store."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
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
    insert,
    or_,
    select,
    update,
)

from domain.ids import BranchId, ChatId, MemberId, RecurringId
from domain.people.member import Member
from domain.work.recurring import Holder, Recurring, State
from domain.work.rhythm import CatchUp, Rhythm, Turn
from domain.work.task import Plan
from storage.base import Id, metadata
from storage.columns import Moment
from storage.dialects import insert_new
from storage.feature import MEMBER, Feature, Personal, subject
from storage.people.member import columns, members, to_member

recurring_tasks = Table(
    "recurring_tasks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False),
    Column("giver_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("standard", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("resources", Text, nullable=False),
    Column("rhythm", Text, nullable=False),
    Column("settled_period", Date, nullable=False),
    Column("settled_spot", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("branch_id", Id, ForeignKey("branches.id")),
    Column("role", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("catch_up", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("next_at", Moment, index=True),
    Column("last_due_at", Moment),
    Column("source", Text, nullable=False, index=True),
    Index(None, "group_id", "state"),
    Index(None, "branch_id", "state"),
)
recurring_owners = Table(
    "recurring_owners",
    metadata,
    Column("recurring_id", Id, ForeignKey("recurring_tasks.id"), primary_key=True),
    Column("member_id", Id, ForeignKey("members.id"), primary_key=True, index=True),
    Column("place", Integer, nullable=False),
)

one, owner = recurring_tasks.c, recurring_owners.c
COLUMNS = (
    one.id,
    one.group_id,
    one.title,
    one.standard,
    one.outcome,
    one.resources,
    one.rhythm,
    one.settled_period,
    one.settled_spot,
    one.begun_at,
    one.branch_id,
    one.role,
    one.basis,
    one.catch_up,
    one.state,
    one.next_at,
    one.last_due_at,
)
ALL: Select[Any] = select(*COLUMNS, *columns(members)).join(members, members.c.id == one.giver_id)
STANDS = one.state != State.STOPPED.value
GET = ALL.where(one.id == bindparam("number"))
BEGUN_BY = ALL.where(one.source == bindparam("source")).order_by(one.id)
NAMED_IN = (
    ALL.where(STANDS, one.group_id == bindparam("group"), one.branch_id.is_(None))
    .order_by(one.id)
    .limit(bindparam("most"))
)
HELD_IN = ALL.where(STANDS, one.branch_id == bindparam("branch"), one.group_id == bindparam("group")).order_by(one.id)
HELD_IN_BRANCHES = ALL.where(STANDS, one.branch_id.in_(bindparam("branches", expanding=True))).order_by(one.id)
DUE = (
    ALL.where(one.state == State.RUNNING.value, one.next_at <= bindparam("at"))
    .order_by(one.next_at, one.id)
    .limit(bindparam("most"))
)
OWNERS: Select[Any] = (
    select(owner.recurring_id, *columns(members))
    .join(members, members.c.id == owner.member_id)
    .where(owner.recurring_id.in_(bindparam("numbers", expanding=True)))
    .order_by(owner.recurring_id, owner.place)
)
ADD = insert(recurring_tasks).returning(one.id)
SAVED = (
    *("title", "standard", "outcome", "resources", "rhythm", "settled_period", "settled_spot", "catch_up", "state"),
    *("next_at", "last_due_at"),
)
SAVE = (
    update(recurring_tasks)
    .where(one.id == bindparam("number"))
    .values({name: bindparam(f"new_{name}") for name in SAVED})
)
CLEAR_OWNERS = delete(recurring_owners).where(owner.recurring_id == bindparam("number"))
ADD_OWNERS = insert_new(recurring_owners, ("recurring_id", "member_id"))
ALREADY = recurring_owners.alias("already")
# Whoever is named under both accounts is named once.
DROP_TWICE = delete(recurring_owners).where(
    owner.member_id == bindparam("giver_up"),
    owner.recurring_id.in_(select(ALREADY.c.recurring_id).where(ALREADY.c.member_id == bindparam("owner"))),
)
HAND_OVER = (
    update(recurring_owners).where(owner.member_id == bindparam("giver_up")).values(member_id=bindparam("owner"))
)
HAND_OVER_GIVEN = (
    update(recurring_tasks).where(one.giver_id == bindparam("giver_up")).values(giver_id=bindparam("owner"))
)


def to_recurring(row: Sequence[Any]) -> Recurring:
    """A row of ALL as the domain's, without its owners."""
    number, group, title, standard, outcome, resources, rhythm, period, spot, begun_at, branch, *more = row
    role, basis, catch_up, state, next_at, last_due_at, *giver = more
    return Recurring(
        id=RecurringId(number),
        group=ChatId(group),
        giver=to_member(tuple(giver)),
        plan=Plan(title, standard, outcome, resources),
        rhythm=Rhythm.read(rhythm),
        settled=Turn(period, spot),
        begun_at=begun_at,
        holder=None if branch is None else Holder(BranchId(branch), role),
        basis=basis,
        catch_up=CatchUp(catch_up),
        state=State(state),
        next_at=next_at,
        last_due_at=last_due_at,
    )


class Recurrings:
    """See `domain.work.recurring.Recurrings`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Select[Any], **values: Any) -> list[Recurring]:
        found = [to_recurring(row) for row in self.connection.execute(statement, values)]
        owners = self._owners([each.id for each in found if each.holder is None])
        return [replace(each, owners=owners[each.id]) if each.id in owners else each for each in found]

    def _owners(self, numbers: Sequence[RecurringId]) -> dict[RecurringId, list[Member]]:
        found: defaultdict[RecurringId, list[Member]] = defaultdict(list)
        if numbers:
            for row in self.connection.execute(OWNERS, {"numbers": list(numbers)}):
                found[RecurringId(row[0])].append(to_member(tuple(row[1:])))
        return dict(found)

    def add(self, one: Recurring, source: str) -> Recurring:
        """Remember one; its id is given now."""
        values = {**_saved(one), **_begun(one), "source": source}
        number = RecurringId(self.connection.execute(ADD, values).scalar_one())
        self.put_owners(number, [who.id for who in one.owners])
        return replace(one, id=number)

    def get(self, number: RecurringId) -> Recurring | None:
        """One, also a stopped one."""
        return next(iter(self._all(GET, number=number)), None)

    def begun_by(self, source: str) -> Recurring | None:
        """The one that a command has begun."""
        return next(iter(self._all(BEGUN_BY, source=source)), None)

    def save(self, one: Recurring) -> None:
        """Remember what has changed about one, but its owners."""
        values = {f"new_{name}": value for name, value in _saved(one).items()}
        self.connection.execute(SAVE, {"number": one.id, **values})

    def put_owners(self, number: RecurringId, owners: Sequence[MemberId]) -> None:
        """Say whose it is, in place of whose it was."""
        self.connection.execute(CLEAR_OWNERS, {"number": number})
        rows = [{"recurring_id": number, "member_id": who, "place": place} for place, who in enumerate(owners)]
        if rows:
            self.connection.execute(ADD_OWNERS, rows)

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything of one member to another, who is the same person."""
        if giver_up == owner:
            return
        for statement in (DROP_TWICE, HAND_OVER, HAND_OVER_GIVEN):
            self.connection.execute(statement, {"giver_up": giver_up, "owner": owner})

    def named_in(self, group: ChatId, limit: int) -> list[Recurring]:
        """A group's with named owners that have not stopped."""
        return self._all(NAMED_IN, group=group, most=limit)

    def held_in(self, branch: BranchId, group: ChatId) -> list[Recurring]:
        """Those of a branch's roles in a group that have not stopped."""
        return self._all(HELD_IN, branch=branch, group=group)

    def held_in_branches(self, branches: Sequence[BranchId]) -> list[Recurring]:
        """Those of the roles of several branches that have not stopped."""
        return self._all(HELD_IN_BRANCHES, branches=list(branches)) if branches else []

    def due(self, at: datetime, limit: int) -> list[Recurring]:
        """Running ones that are to be looked at by a moment, the longest due first."""
        return self._all(DUE, at=at, most=limit)


def _saved(one: Recurring) -> dict[str, Any]:
    return {
        "title": one.plan.title,
        "standard": one.plan.standard,
        "outcome": one.plan.outcome,
        "resources": one.plan.resources,
        "rhythm": str(one.rhythm),
        "settled_period": one.settled.period,
        "settled_spot": one.settled.spot,
        "catch_up": one.catch_up,
        "state": one.state,
        "next_at": one.next_at,
        "last_due_at": one.last_due_at,
    }


def _begun(one: Recurring) -> dict[str, Any]:
    return {
        "group_id": one.group,
        "giver_id": one.giver.id,
        "begun_at": one.begun_at,
        "branch_id": None if one.holder is None else one.holder.branch,
        "role": "" if one.holder is None else one.holder.role,
        "basis": one.basis,
    }


OWN = (
    select(one.id.label("number"), one.title, one.standard, one.outcome, one.begun_at)
    .where(or_(one.giver_id == MEMBER, one.id.in_(select(owner.recurring_id).where(owner.member_id == MEMBER))))
    .order_by(one.id)
)
FEATURE = Feature(
    tables=(recurring_tasks, recurring_owners),
    personal=(Personal(324, "recurring_tasks", OWN, texts="recurring"),),
    not_shown={"recurring_owners": "whose a recurring task is; the tasks themselves are shown"},
    not_erased={
        "recurring_tasks": "kept under a number: what comes again stays right",
        "recurring_owners": "kept under a number: whoever has left is given nothing any more",
    },
    open_subjects=(select(subject("recurring:", one.id)).where(STANDS),),
)
