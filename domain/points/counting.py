"""What everybody has in a period that is settled: the score of the scheme that holds on the period's last day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.points import score
from domain.points.event import RuleName
from domain.points.scheme.model import Scoring
from domain.points.scheme.service import logged
from domain.points.settled import Part, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from domain.ids import MemberId
    from domain.points.event import CategoryName
    from domain.points.features import Stores
    from domain.points.period import Period
    from domain.points.scheme.model import Scheme
    from domain.points.settled import RuleSum


@dataclass(frozen=True, slots=True)
class Share:
    """What a category has added to a score: its base and entries, and what counts of them."""

    category: CategoryName
    base: int
    earned: int
    points: int


@dataclass(frozen=True, slots=True)
class Made:
    """How a score came about. `bound` is the floor or ceiling that holds it, `late` what was added behind that."""

    base: int
    shares: Sequence[Share]
    other: int
    bound: int | None
    vetoed_by: RuleName | None
    late: int


ByRule = dict["MemberId", Counter[str]]


def scheme_of(stores: Stores, period: Period) -> str:
    """The version of the rules of a period, as the audit log has it; nothing where the default file held."""
    versions = stores.schemes.reload()
    held = versions.on(period.last)
    places = [place for place, one in enumerate(versions.schemes) if one is held]
    return logged(stores.schemes.listed()[places[-1]]) if places else ""


def scores(stores: Stores, period: Period, *, upto: int, covered: int) -> Sequence[Score]:
    """Everybody's score, by member: of all on the roster, all with entries, and where all have a base all in groups.

    What came late for earlier periods is added behind the bounds, which are those of one period.
    """
    scheme, placed = stores.schemes.versions().on(period.last), stores.settlements.placed(period)
    sums = stores.settlements.sums(period, upto)
    counted = _counted(stores, scheme, period, sums, upto)
    nothing = score.computed(scheme, period, {})
    rules: ByRule = defaultdict(Counter)
    for one in sums:
        rules[one.member][one.rule] += one.points
    late = _late(stores, period, upto, covered, rules)
    everybody = {*placed, *rules, *late, *counted, *(_in_groups(stores, period) if nothing.points else ())}
    bounded = scheme.period is period.every and scheme.scoring != Scoring()

    def line(member: MemberId) -> Score:
        found, later = counted.get(member, nothing), late[member]
        parts = {one.category.name: Part(one.earned, one.points) for one in found.by_category}
        if parts or bounded:
            parts[""] = Part(found.other, found.other)
        own = dict(rules[member]) if member in rules else {}
        return Score(member, placed.get(member), found.points + later, later, own, parts, str(found.vetoed_by or ""))

    return [line(member) for member in sorted(everybody)]


def _counted(
    stores: Stores, scheme: Scheme, period: Period, sums: Iterable[RuleSum], upto: int
) -> Mapping[MemberId, score.Score]:
    """The scores of who has entries up to one, by what they add up to."""
    by_category: ByRule = defaultdict(Counter)
    for one in sums:
        by_category[one.member][one.category] += one.points
    vetoed = stores.settlements.vetoed(score.vetoes(stores), period, upto)
    return {member: score.computed(scheme, period, own, vetoed.get(member)) for member, own in by_category.items()}


def _late(stores: Stores, period: Period, upto: int, covered: int, rules: ByRule) -> Counter[MemberId]:
    """By how much late entries have changed the scores of earlier final periods; what they add up to goes to `rules`.

    The difference of two scores of the same period: so its bounds, its veto and its scheme count for them.
    """
    found = stores.settlements.late(period.every, upto, covered)
    for one in found:
        rules[one.member][one.rule] += one.points
    changed: Counter[MemberId] = Counter()
    for earlier in sorted({one.period for one in found}, key=lambda one: one.first):
        scheme = stores.schemes.versions().on(earlier.last)
        nothing = score.computed(scheme, earlier, {})
        members = {one.member for one in found if one.period == earlier}
        before, after = (
            _counted(stores, scheme, earlier, stores.settlements.sums_of(members, earlier, end), end)
            for end in (covered, upto)
        )
        for member in members:
            changed[member] += after[member].points - before.get(member, nothing).points
    return changed


def _in_groups(stores: Stores, period: Period) -> Sequence[MemberId]:
    """Who was in an admitted group in a period, by the enterprise's days."""
    zone = ZoneInfo(stores.enterprise.locale.zone)

    def begin(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    return stores.settlements.in_groups(begin(period.first), begin(period.end), period.first)


def explained(stores: Stores, period: Period, line: Score) -> Made | None:
    """How somebody's score came about; nothing where it is only what the entries add up to."""
    if not (line.by_category or line.vetoed_by or line.late):
        return None
    versions = stores.schemes.versions()
    scheme = versions.on(period.last)
    own = scheme.period is period.every
    bases = {one.name: one.scoring.base for one in scheme.categories} if own else {}
    scoring = scheme.scoring if own else Scoring()
    together = sum(part.points for part in line.by_category.values())
    held = scoring.of(together)
    shares = [
        Share(versions.titled_category(name), bases.get(name, 0), *part)
        for name, part in line.by_category.items()
        if name and (part.earned or part.points)
    ]
    vetoed = versions.titled_rule(RuleName(line.vetoed_by)) if line.vetoed_by else None
    other = line.by_category[""].points if "" in line.by_category else 0
    return Made(scoring.base, shares, other, held if held != scoring.base + together else None, vetoed, line.late)
