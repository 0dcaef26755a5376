"""What an award depends on, in one statement: made once for each shape that the limits of a rule have."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, String, bindparam, func, select

from domain.points.period import Every, containing
from domain.points.scheme.model import Limit, Scope
from storage.points.tables import points_entries, points_schemes
from storage.prepared import Prepared

QUESTIONS: dict[int, "Question"] = {}
MAX_QUESTIONS = 1000
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


class Question:
    """The statement for limits of a rule, and how its values are made."""

    def __init__(self, limits: Sequence[Limit], deductions: frozenset[str]) -> None:
        self.limits = limits  # kept, so that no others can be at the same place in memory
        self.deductions = deductions
        self.names = {f"name_{place}": limit.name for place, limit in enumerate(limits)}
        self.spans = [
            (None if limit.cap.period is Every.DAY else limit.cap.period, f"first_{place}", f"last_{place}")
            for place, limit in enumerate(limits)
        ]
        shape = tuple((limit.scope, limit.cap.period is Every.DAY) for limit in limits)
        self.ask = statement(shape, deductions)

    def __call__(self, connection: Connection, values: dict[str, Any], day: date) -> Sequence[Any]:
        """The count of entries, the stamp of the newest scheme, and a sum for each limit."""
        values |= self.names
        for period, first, last in self.spans:
            if period is None:
                values[first] = day
            else:
                span = containing(period, day)
                values[first], values[last] = span.first, span.last
        (row,) = self.ask(connection, values)
        return row


def question(limits: Sequence[Limit], deductions: frozenset[str]) -> Question:
    """The statement for limits: found by where they are in memory, which costs less than by what they are."""
    found = QUESTIONS.get(id(limits))
    if found is None or found.limits is not limits or found.deductions != deductions:
        if len(QUESTIONS) >= MAX_QUESTIONS:
            QUESTIONS.clear()
        found = QUESTIONS[id(limits)] = Question(limits, deductions)
    return found


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
