"""Points in reports: how many took part in a week, and the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import Text
from domain.people import person
from domain.reporting import Export, Figure, Material, Next, Section, Told
from domain.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.people.member import Member
    from domain.people.person import Rate
    from domain.points.event import RuleName
    from domain.points.features import Stores
    from domain.points.points import Earned
    from domain.reporting import Span, Week

BRIEF = "points.figure"
ENOUGH = 60  # percent of those who could take part
A_MOMENT = timedelta(microseconds=1)  # a week ends with the Sunday, not with the first moment of Monday


def _tell(stores: Stores, week: Week) -> Told | None:
    """How many have taken part, and of how many."""
    active = week.counts["points_active"]
    if not active:
        return None
    rate, next_ = _rate(stores, week), list[Next]()
    figures = {"active": Figure(active, BRIEF if rate is None else None)}
    if rate is not None:
        each = round(10 * week.counts["points_sum"] / rate.of)
        figures |= {"rate": Figure(rate.percent, BRIEF, rate.of), "each": Figure(each, BRIEF, rate.of)}
        if rate.percent < ENOUGH:
            next_.append(Next(30, Text("points.next", {"rest": rate.of - rate.took_part})))
    return Told(Text("points.summary", {"active": active, "rate": rate}), happened=True, figures=figures, next=next_)


def _rate(stores: Stores, week: Week) -> Rate | None:
    if week.group.branch is None:
        return None
    took_part = stores.points.participants(week.group.id, week.since, week.until)
    return person.participation(stores, week.group, took_part, week.since, week.until - A_MOMENT)


def _read(stores: Stores, span: Span) -> Material:
    earned = stores.points.in_span(span.group.id, span.since, span.until, span.max_rows)
    return Material(len(earned), partial(_ledger if span.named else _sums, earned))


def _ledger(earned: Sequence[Earned]) -> list[Table]:
    """Everybody's total and what it is made of, best first, and the ledger; without those who are on no board."""
    shown = [one for one in earned if one.named]
    sums: dict[Member, Counter[RuleName]] = defaultdict(Counter)
    for entry, member, _ in shown:
        sums[member][entry.rule] += entry.points
    rules = sorted({entry.rule for entry, _, _ in shown})
    lines = sorted(sums.items(), key=lambda line: (-line[1].total(), line[0].id))
    totals = [(member, each.total(), *(each[rule] for rule in rules)) for member, each in lines]
    ledger = [(entry.at, member, entry.rule, entry.cause, entry.points) for entry, member, _ in shown]
    return [
        Table("points", ("member", "total", *rules), totals),
        Table("ledger", ("at", "member", "rule", "cause", "points"), ledger),
    ]


def _sums(earned: Sequence[Earned]) -> list[Table]:
    """What each rule came to, of all together: where nobody's points are shown to others."""
    times: Counter[RuleName] = Counter()
    points: Counter[RuleName] = Counter()
    for entry, _, _ in earned:
        times[entry.rule] += 1
        points[entry.rule] += entry.points
    return [Table("points", ("rule", "times", "points"), [(rule, times[rule], points[rule]) for rule in sorted(times)])]


SECTION = Section(10, _tell)
EXPORT = Export(30, _read)
