"""Who was in which branch, and when, by the roster; and who was on leave."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Dialect, Select, bindparam, func, or_, select

from domain.ids import BranchId, MemberId, PersonId
from domain.life.evaluation.indicator.counted import Stay
from domain.life.evaluation.indicator.model import Period
from storage.columns import Moment
from storage.life.indicators.counting import AMONG
from storage.people.tables import absences, awaited, people, placements

placed, away = placements.c, absences.c
MOMENT = Moment()
DURING: Select[Any] = (
    select(
        placed.person_id,
        people.c.name,
        func.coalesce(people.c.member_id, awaited.c.member_id),
        placed.branch_id,
        placed.since,
        placed.until,
    )
    .join(people, people.c.id == placed.person_id)
    .outerjoin(awaited, awaited.c.person_id == placed.person_id)
    .where(placed.since < bindparam("after"), or_(placed.until.is_(None), placed.until > bindparam("first")))
    .order_by(placed.person_id, placed.since)
)
DURING_IN: Select[Any] = DURING.where(placed.branch_id.in_(AMONG))
DURING_OF: Select[Any] = DURING.where(placed.person_id.in_(AMONG))
AWAY: Select[Any] = (
    select(away.person_id, away.since, away.until)
    .where(away.since < bindparam("after"), or_(away.until.is_(None), away.until > bindparam("first")))
    .order_by(away.person_id, away.since)
)


def to_stay(row: Sequence[Any], period: Period, moments: dict[date, Any]) -> Stay:
    """A placement, as far as it lies in a period."""
    person, name, member, branch, first, until = row
    since = period.since if first <= period.first else moments.setdefault(first, period.moment(first))
    end = period.until if until is None or until > period.last else moments.setdefault(until, period.moment(until))
    return Stay(PersonId(person), name, None if member is None else MemberId(member), BranchId(branch), since, end)


def given(stays: Sequence[Stay], dialect: Dialect) -> str:
    """Those of them whose account is known, as a statement takes them."""
    moments: dict[Any, Any] = {}
    rows = [
        {
            "person": one.person,
            "member": one.member,
            "branch": one.branch,
            "since": moments.setdefault(one.since, _moment(one.since, dialect)),
            "until": moments.setdefault(one.until, _moment(one.until, dialect)),
        }
        for one in stays
        if one.member is not None
    ]
    return json.dumps(rows, separators=(",", ":"))


def _moment(value: Any, dialect: Dialect) -> Any:
    kept = MOMENT.process_bind_param(value, dialect)
    return kept if isinstance(kept, int) else kept.isoformat()


def to_absences(rows: Any) -> Mapping[PersonId, list[tuple[date, date | None]]]:
    """Leave by person."""
    found: dict[PersonId, list[tuple[date, date | None]]] = {}
    for person, since, until in rows:
        found.setdefault(PersonId(person), []).append((since, until))
    return found
