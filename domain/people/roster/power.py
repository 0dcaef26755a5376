"""The people who would get or lose rights by an import, as `role.grant_from_roster` does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from domain.people import role
from domain.people.permission import Area, Role
from domain.people.roster.model import Power

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from domain.ids import BranchId, MemberId
    from domain.people.person import Person
    from domain.people.role import Grant
    from domain.people.roster.model import Path, Plan
    from domain.people.roster.tree import Tree
    from domain.stores import Stores

AT_ONCE = 1000  # grants read in one statement
Withdrawn = Collection[tuple["MemberId", Role, "BranchId"]]


def all_grants(stores: Stores) -> list[Grant]:
    """All roles that people have."""
    found: list[Grant] = []
    while page := stores.grants.all(found[-1].id if found else 0, AT_ONCE):
        found += page
    return found


def of(plan: Plan, tree: Tree, grants: Sequence[Grant], withdrawn: Withdrawn) -> Iterator[Power]:
    """The people who get rights by a plan, then those who lose some; `withdrawn` roles are not given again."""
    held: defaultdict[MemberId, list[Grant]] = defaultdict(list)
    for grant in grants:
        held[grant.member.id].append(grant)
    found = (*_of_the_new(plan), *_of_the_known(plan, tree, held, withdrawn), *_of_leavers(plan, tree, held))
    yield from sorted(found, key=lambda one: one.gains is None)


def _of_the_new(plan: Plan) -> Iterator[Power]:
    for row in plan.new:
        gains = role.of_roster(row.role)
        if gains is not None:
            yield Power(row.name, row.number, "", row.role, row.branch, gains, (), waits=True)


def _of_the_known(
    plan: Plan, tree: Tree, held: Mapping[MemberId, Sequence[Grant]], withdrawn: Withdrawn
) -> Iterator[Power]:
    after = {change.after.id: change.after for change in plan.changed}
    before = {change.before.id: change.before for change in plan.changed}
    to = {move.person.id: move.to for move in plan.moved}
    before |= {move.person.id: move.person for move in plan.moved}
    for number, was in before.items():
        now = after.get(number, was)
        branch = to.get(number, tree.paths.get(was.branch, ()))
        gains, loses = _difference(was, now, tree, branch, held)
        if (was.member, gains, tree.ids.get(branch)) in withdrawn:
            gains = None
        if gains or loses:
            waits = was.member is None
            yield Power(now.name, now.number, was.role, now.role, branch, gains, loses, waits)


def _difference(
    was: Person, now: Person, tree: Tree, branch: Path, held: Mapping[MemberId, Sequence[Grant]]
) -> tuple[Role | None, tuple[Role, ...]]:
    """The role that somebody gets, and those that end. Roles given by hand stay."""
    gains, area = role.of_roster(now.role), Area(branch=tree.ids.get(branch))
    if was.member is None:
        same = role.of_roster(was.role) == gains and tree.paths.get(was.branch) == branch and was.left_on is None
        return (None if same else gains), ()
    mine = held.get(was.member, ())
    loses = [one.role for one in mine if one.by is None and (one.role, one.area) != (gains, area)]
    is_held = branch in tree.ids and any((one.role, one.area) == (gains, area) for one in mine)
    return (None if is_held else gains), tuple(loses)


def _of_leavers(plan: Plan, tree: Tree, held: Mapping[MemberId, Sequence[Grant]]) -> Iterator[Power]:
    for person in plan.left:
        loses = tuple(one.role for one in held.get(person.member, ())) if person.member is not None else ()
        if loses:
            branch = tree.paths.get(person.branch, ())
            yield Power(person.name, person.number, person.role, "", branch, None, loses)
