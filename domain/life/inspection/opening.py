"""A round is planned, shown with its pairs, and opened: each inspector gets one message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import AuditAction
from domain.ids import InspectionId, InspectionRoundId
from domain.life import scope
from domain.life.inspection import cards
from domain.life.inspection.model import A_YEAR, MAX_ROUND_DAYS, Inspection, Party, Round
from domain.life.inspection.office import covered, homes, is_of, secretary_of
from domain.life.inspection.pairing import pair
from domain.life.inspection.pairing_rules import MAX_BRANCHES, Impossible, Reason, Rule
from domain.life.inspection.pairing_rules import Wish as Pairs
from domain.life.inspection.wrong import CannotInspect, NotTheOffice, RubricNotFound, WrongDays
from domain.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.ids import BranchId, MemberId, RubricId
    from domain.life.features import Stores
    from domain.life.inspection.model import Kept
    from domain.life.inspection.pairing_rules import Arc
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.member import Member

OPENED = AuditAction("inspection.opened")


@dataclass(frozen=True, slots=True)
class Wish:
    """What whoever opens a round asks for.

    `named` are inspectors in the place of a branch's secretary. `conflicts` and `wanted` are pairs of branches.
    """

    rubric: RubricId
    since: date
    until: date
    seed: int
    branches: tuple[BranchId, ...]
    each: int = 1
    named: Mapping[BranchId, MemberId] = field(default_factory=dict)
    conflicts: frozenset[Arc] = frozenset()
    wanted: frozenset[Arc] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """One inspection that would be."""

    by: Branch
    of: Branch
    inspector: Member


@dataclass(frozen=True, slots=True)
class Told:
    """A reason of `pairing` with the names of branches."""

    rule: Rule
    branch: str
    other: str
    blocked: Sequence[tuple[str, Rule]]
    given_up: bool
    needed: int


class NotPaired(Refusal):
    """The branches cannot be paired as wished."""

    text = "inspection.impossible"


@dataclass(frozen=True, slots=True)
class Outline:
    """What would be opened. Where it is impossible, there are no pairs but `reasons`.

    `idle` are branches without anybody who could inspect; `unreachable` inspectors who have no private chat.
    """

    wish: Wish
    kept: Kept
    branches: Mapping[BranchId, Branch]
    pairs: Sequence[Pair]
    idle: Sequence[Branch]
    unreachable: Sequence[Member]
    reasons: Sequence[Told] = ()

    @property
    def barred(self) -> list[tuple[str, str]]:
        """The names of the branches with a conflict of interest."""
        known = self.branches
        pairs = sorted(self.wish.conflicts)
        return [(known[one].name, known[other].name) for one, other in pairs if one in known and other in known]


def outline(stores: Stores, actor: Actor, *, wish: Wish) -> Outline:
    """What a wish would open. Raises NotAllowed, NotTheOffice, RubricNotFound, WrongDays, CannotInspect."""
    if not set(wish.branches) <= {one.id for one in covered(stores, actor)}:
        raise NotTheOffice
    if wish.until < actor.today:
        raise WrongDays(most=MAX_ROUND_DAYS)
    found = sketch(stores, wish=wish)
    if not all(scope.holds_for(stores, found.kept, one) for one in found.branches):
        raise RubricNotFound
    return found


def sketch(stores: Stores, *, wish: Wish) -> Outline:
    """The same for whoever may. Raises RubricNotFound, WrongDays, CannotInspect."""
    kept = stores.inspections.rubric(wish.rubric)
    if kept is None:
        raise RubricNotFound
    check_days(wish.since, wish.until)
    known = {one.id: one for one in stores.branches.all()}
    branches = {one: known[one] for one in wish.branches[:MAX_BRANCHES] if one in known}
    inspectors = {one: _inspector(stores, wish, one) for one in branches}
    there = {one: who.id for one, who in inspectors.items() if who is not None}
    pairs, reasons = _paired(stores, wish, branches, there)
    made = [Pair(branches[by], branches[of], who) for by, of in pairs if (who := inspectors[by]) is not None]
    away = {one.inspector.id: one.inspector for one in made if one.inspector.private is None}
    waiting = [one for number, one in branches.items() if number not in there]
    return Outline(wish, kept, branches, made, waiting, list(away.values()), reasons)


def _paired(
    stores: Stores, wish: Wish, branches: Mapping[BranchId, Branch], inspectors: Mapping[BranchId, MemberId]
) -> tuple[Sequence[Arc], Sequence[Told]]:
    """The pairs, or why there are none."""
    before = stores.inspections.before(wish.since - timedelta(days=A_YEAR))
    idle = frozenset(branches) - frozenset(inspectors)
    conflicts = wish.conflicts | _own_branches(stores, inspectors)
    try:
        asked = Pairs(tuple(branches), wish.seed, wish.each, before, conflicts, wish.wanted, idle)
        return pair(asked), ()
    except Impossible as refusal:
        return (), [_told(one, branches) for one in refusal.reasons]


def _told(reason: Reason, branches: Mapping[BranchId, Branch]) -> Told:
    def name(branch: BranchId | None) -> str:
        return branches[branch].name if branch is not None and branch in branches else ""

    blocked = [(name(one), rule) for one, rule in reason.blocked]
    return Told(reason.rule, name(reason.branch), name(reason.other), blocked, reason.given_up, reason.needed)


def check_days(since: date, until: date) -> None:
    """Raises WrongDays for a round that ends before it begins, or takes too long."""
    if until < since or (until - since).days > MAX_ROUND_DAYS:
        raise WrongDays(most=MAX_ROUND_DAYS)


def _own_branches(stores: Stores, inspectors: Mapping[BranchId, MemberId]) -> frozenset[Arc]:
    """Nobody inspects a branch that they are of, whichever branch they inspect for."""
    known = homes(stores, set(inspectors.values()), inspectors)
    return frozenset((by, of) for by, who in inspectors.items() for of in known[who] if of != by)


def _inspector(stores: Stores, wish: Wish, branch: BranchId) -> Member | None:
    """Who inspects for a branch: somebody named, else its secretary. Raises CannotInspect for who has left."""
    if branch in wish.named:
        return fit(stores, wish.named[branch], None, wish.since)
    return secretary_of(stores, branch)


def fit(stores: Stores, member: MemberId, inspected: BranchId | None, day: date) -> Member:
    """Somebody who may inspect a branch. Raises CannotInspect for one who has left by a day, or is of that branch."""
    found, person = stores.members.look_up(member), stores.people.of_member(member)
    has_left = person is not None and person.left_on is not None and person.left_on <= day
    if found is None or has_left or (inspected is not None and is_of(stores, found.id, inspected)):
        raise CannotInspect(name="" if found is None else found.name)
    return found


def open_(stores: Stores, actor: Actor, *, wish: Wish, source: str) -> Round:
    """Open a round, once for each source. Raises what `outline` does, and NotPaired."""
    found = outline(stores, actor, wish=wish)
    known = stores.inspections.opened_by(source)
    if known is not None:
        return known
    if found.reasons:
        raise NotPaired(reasons=found.reasons)
    new = Round(
        InspectionRoundId(0),
        found.kept,
        actor.member.id,
        wish.since,
        wish.until,
        wish.seed,
        actor.heard_at,
        conflicts=wish.conflicts,
    )
    made = stores.inspections.add_round(new, source)
    stores.inspections.add([_inspection(made, one) for one in found.pairs])
    stores.audit.note(actor.member.id, OPENED, f"inspection_round:{made.id}", old=None, new=None, at=actor.heard_at)
    for member in {one.inspector.id for one in found.pairs}:
        cards.show_desk(stores, made.id, member, key="opened")
        stores.hooks.changed(member, f"inspection_round:{made.id}", actor.heard_at)
    return made


def _inspection(made: Round, one: Pair) -> Inspection:
    by, of = Party(one.by.id, one.by.name), Party(one.of.id, one.of.name)
    return Inspection(InspectionId(0), made.id, by, of, one.inspector.id)
