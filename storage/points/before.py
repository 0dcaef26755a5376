"""What an award depends on, in one statement: made once for each shape that the limits of a rule have."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, String, bindparam, func, select

from domain.points.scheme.engine import spans
from domain.points.scheme.model import Limit, Scope
from domain.points.scheme.period import Period
from storage.points.tables import points_entries, points_schemes
from storage.prepared import Prepared

Shape = tuple[tuple[Scope, bool], ...]  # of each limit: what it adds up, and whether over one day
entry = points_entries.c
STAMP = select(points_schemes.c.stamp).order_by(points_schemes.c.id.desc()).limit(1)
COUNT = (
    select(func.count())
    .select_from(points_entries)
    .where(
        entry.member_id == bindparam("member"),
        entry.event == bindparam("event"),
        entry.source == bindparam("source"),
    )
)


def shape_of(limits: Sequence[Limit]) -> Shape:
    """By which the statement is found."""
    return tuple((limit.scope, limit.cap.period is Period.DAY) for limit in limits)


def values_of(limits: Sequence[Limit], day: date) -> Mapping[str, Any]:
    """The values of the statement's sums."""
    values: dict[str, Any] = {}
    for place, (limit, span) in enumerate(zip(limits, spans(limits, day), strict=True)):
        values |= {f"name_{place}": limit.name, f"first_{place}": span.first, f"last_{place}": span.last}
    return values


@cache
def statement(shape: Shape, deductions: frozenset[str]) -> Prepared:
    """The count of entries, the stamp of the newest scheme, and a sum for each limit."""
    sums = (_sum(place, scope, one_day, deductions) for place, (scope, one_day) in enumerate(shape))
    return Prepared(select(COUNT.scalar_subquery(), STAMP.scalar_subquery(), *(one.scalar_subquery() for one in sums)))


def _sum(place: int, scope: Scope, one_day: bool, deductions: frozenset[str]) -> Select[Any]:
    """What was given in a limit's period; reversals count back, deductions leave room for nothing."""
    summed = select(func.coalesce(func.sum(entry.points), 0)).where(entry.member_id == bindparam("member"))
    if one_day:
        summed = summed.where(entry.day == bindparam(f"first_{place}"))
    else:
        summed = summed.where(entry.day.between(bindparam(f"first_{place}"), bindparam(f"last_{place}")))
    if scope is Scope.RULE:
        return summed.where(entry.rule == bindparam(f"name_{place}"))
    if scope is Scope.CATEGORY:
        summed = summed.where(entry.category == bindparam(f"name_{place}", type_=String()))
    return summed.where(entry.rule.not_in(sorted(deductions))) if deductions else summed
