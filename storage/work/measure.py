"""Measures of improvement in the store."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Float,
    ForeignKey,
    Index,
    Select,
    String,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from domain.ids import BranchId, ChatId, MeasureId, MemberId
from domain.work.lean.figures import Gauge
from domain.work.measure.model import OPEN, Measure, State
from storage.base import Id, metadata
from storage.columns import Moment
from storage.feature import MEMBER, Feature, Personal, subject

measures = Table(
    "measures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("group_id", Id, ForeignKey("chats.id"), nullable=False, index=True),
    Column("branch_id", Id, ForeignKey("branches.id"), index=True),
    Column("owner_id", Id, ForeignKey("members.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("gauge", String(16)),
    Column("figure", Text, nullable=False),
    Column("baseline", Float),
    Column("target", Float, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("check_on", Date, nullable=False),
    Column("state", String(16), nullable=False),
    Column("result", Float),
    Column("reason", Text, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Id, ForeignKey("members.id"), index=True),
    Column("previous_id", Id, ForeignKey("measures.id"), index=True),
    Index(None, "state", "check_on"),
)
measure = measures.c
IS_OPEN = measure.state.in_(sorted(one.value for one in OPEN))
ALL: Select[Any] = select(measures)
GET = ALL.where(measure.id == bindparam("number"))
OF_GROUP = ALL.where(measure.group_id == bindparam("group")).order_by(measure.id.desc()).limit(bindparam("limit"))
RUNNING_UNTIL = ALL.where(measure.state == State.RUNNING.value, measure.check_on <= bindparam("day")).order_by(
    measure.id
)
OPEN_OF = ALL.where(measure.owner_id == bindparam("owner"), IS_OPEN).order_by(measure.id)
ADD = insert(measures).returning(measure.id)
SAVED = ("owner_id", "state", "result", "reason", "decided_at", "decided_by")
SAVE = (
    update(measures)
    .where(measure.id == bindparam("number"))
    .values({name: bindparam(f"new_{name}", type_=measure[name].type) for name in SAVED})
)
HAND_OVER = update(measures).where(measure.owner_id == bindparam("giver_up")).values(owner_id=bindparam("owner"))
HAND_OVER_DECISIONS = (
    update(measures).where(measure.decided_by == bindparam("giver_up")).values(decided_by=bindparam("owner"))
)


def to_measure(row: Sequence[Any]) -> Measure:
    """A row of ALL as the domain's."""
    id_, group, branch, owner, text, gauge, figure, baseline, target, made_at, check_on, *more = row
    state, result, reason, decided_at, decided_by, previous = more
    return Measure(
        MeasureId(id_),
        ChatId(group),
        branch and BranchId(branch),
        MemberId(owner),
        text,
        gauge and Gauge(gauge),
        figure,
        baseline,
        target,
        made_at,
        check_on,
        State(state),
        result,
        reason,
        decided_at,
        decided_by and MemberId(decided_by),
        previous and MeasureId(previous),
    )


class Measures:
    """See `domain.work.measure.model.Measures`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _all(self, statement: Any, **values: Any) -> list[Measure]:
        return [to_measure(row) for row in self.connection.execute(statement, values)]

    def add(self, measure: Measure) -> Measure:
        """Remember a measure; its id is given now."""
        values = {
            "group_id": measure.group,
            "branch_id": measure.branch,
            "owner_id": measure.owner,
            "text": measure.text,
            "gauge": measure.gauge,
            "figure": measure.figure,
            "baseline": measure.baseline,
            "target": measure.target,
            "made_at": measure.made_at,
            "check_on": measure.check_on,
            "state": measure.state,
            "result": measure.result,
            "reason": measure.reason,
            "previous_id": measure.previous,
        }
        return replace(measure, id=MeasureId(self.connection.execute(ADD, values).scalar_one()))

    def get(self, number: MeasureId) -> Measure | None:
        """One measure."""
        return next(iter(self._all(GET, number=number)), None)

    def save(self, measure: Measure) -> None:
        """Remember what has changed about a measure."""
        values = {
            "number": measure.id,
            "new_owner_id": measure.owner,
            "new_state": measure.state,
            "new_result": measure.result,
            "new_reason": measure.reason,
            "new_decided_at": measure.decided_at,
            "new_decided_by": measure.decided_by,
        }
        self.connection.execute(SAVE, values)

    def of_group(self, group: ChatId, limit: int) -> list[Measure]:
        """A group's measures, the newest first."""
        return self._all(OF_GROUP, group=group, limit=limit)

    def running_until(self, day: date) -> list[Measure]:
        """Those that run and whose day of the check is that day or an earlier one, by number."""
        return self._all(RUNNING_UNTIL, day=day)

    def open_of(self, owner: MemberId) -> list[Measure]:
        """A member's measures that are not decided, by number."""
        return self._all(OPEN_OF, owner=owner)

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member answers for to another, who is the same person."""
        for statement in (HAND_OVER, HAND_OVER_DECISIONS):
            self.connection.execute(statement, {"giver_up": giver_up, "owner": owner})


OWN = (
    select(measure.made_at, measure.text, measure.check_on, measure.reason, measure.decided_at)
    .where(measure.owner_id == MEMBER)
    .order_by(measure.id)
)
FEATURE = Feature(
    tables=(measures,),
    personal=(Personal(326, "measures", OWN, texts="measure"),),
    not_erased={"measures": "kept under a number: what a branch has tried, and what came of it, stays"},
    open_subjects=(select(subject("measure:", measure.id)).where(IS_OPEN),),
)
