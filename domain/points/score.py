"""Scores: what somebody's entries of a period come to under the scheme, and what can still be earned today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from domain.people.permission import Permission, require
from domain.points.event import EventName, RuleName
from domain.points.period import Every
from domain.points.points import EntryKey
from domain.points.scheme.model import Scoring

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from domain.ids import MemberId
    from domain.people.actor import Actor
    from domain.points.features import Stores
    from domain.points.period import Period
    from domain.points.scheme.model import Category, Rule, Scheme


class Sum(NamedTuple):
    """What a member's entries of one category add up to."""

    member: MemberId
    category: str
    points: int


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """What a category came to: the entries' sum, and what counts of it (with its base, within its bounds)."""

    category: Category
    earned: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """What a member has in a period.

    `points` is the score; `earned` the sum of the entries and `other` that of those without a category. A score that is
    `vetoed_by` a rule is 0.
    """

    points: int
    base: int
    earned: int
    other: int
    by_category: Sequence[CategoryScore]
    vetoed_by: RuleName | None = None


@dataclass(frozen=True, slots=True)
class Possible:
    """What a rule can still give today: at most `left` points, `each` time so many."""

    rule: RuleName
    each: int
    left: int


def score(stores: Stores, member: MemberId, period: Period) -> Score:
    """A member's score of a period (`containing(Every.QUARTER, day)`), by the scheme that holds on its last day.

    Base and bounds belong to the scheme's own period: in any other one a score is the sum of the entries.
    """
    return scores(stores, [member], period)[member]


def scores(stores: Stores, members: Collection[MemberId], period: Period) -> Mapping[MemberId, Score]:
    """The scores of many members, in one statement for some hundreds of them."""
    scheme = stores.schemes.reload().on(period.last)
    sums: dict[MemberId, dict[str, int]] = defaultdict(dict)
    for one in stores.points.sums(members, period.first, period.last):
        sums[one.member][one.category] = one.points
    vetoed = _vetoed(stores, members, period)
    return {member: computed(scheme, period, sums.get(member, {}), vetoed.get(member)) for member in members}


def _vetoed(stores: Stores, members: Collection[MemberId], period: Period) -> Mapping[MemberId, RuleName]:
    """Whose scores are vetoed by an entry that stands, and by which rule."""
    rules = vetoes(stores)
    return stores.points.standing_for(rules, members, period.first, period.last) if rules else {}


def vetoes(stores: Stores) -> Sequence[RuleName]:
    """The rules by which a score is 0, in any version."""
    return [rule.name for scheme in stores.schemes.versions().schemes for rule in scheme.all_rules if rule.veto]


def computed(scheme: Scheme, period: Period, sums: Mapping[str, int], vetoed_by: RuleName | None = None) -> Score:
    """The score that sums by category make. Bounds are applied at the end, so no order of entries matters."""
    own = period.every is scheme.period
    counted = [_category(one, sums.get(one.name, 0), own=own) for one in scheme.categories]
    earned = sum(sums.values())
    other = earned - sum(one.earned for one in counted)
    scoring = scheme.scoring if own else Scoring()
    points = scoring.of(sum(one.points for one in counted) + other)
    return Score(0 if vetoed_by else points, scoring.base, earned, other, counted, vetoed_by)


def _category(category: Category, earned: int, *, own: bool) -> CategoryScore:
    return CategoryScore(category, earned, category.scoring.of(earned) if own else earned)


def possible_today(stores: Stores, actor: Actor) -> Sequence[Possible]:
    """What the rules with a cap a day could still give somebody today, in the file's order.

    Deductions, items, and what others do are left out.
    """
    require(stores, actor, Permission.SEE_OWN)
    scheme = stores.schemes.reload().on(actor.today)  # this connection may know only what held before an activation
    events = stores.hooks.events()
    found = [rule for rule in scheme.rules if rule.points > 0 and events[rule.event].is_own]
    return [_possible(stores, actor, rule) for rule in found if any(one.cap.period is Every.DAY for one in rule.limits)]


def _possible(stores: Stores, actor: Actor, rule: Rule) -> Possible:
    key, deductions = EntryKey(actor.member.id, EventName(""), ""), stores.schemes.versions().deductions
    given = stores.points.before(key, actor.today, rule.limits, deductions).given
    left = [max(0, limit.cap.most - already) for limit, already in zip(rule.limits, given, strict=True)]
    return Possible(rule.name, rule.points, min(left))
