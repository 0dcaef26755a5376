"""The roster as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.roster.tree import Tree

if TYPE_CHECKING:
    from datetime import date

    from domain.people.person import Absence, Person
    from domain.people.roster.model import Path
    from domain.stores import Stores

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody with the path of their branch, and their present or next leave; `leave_to` is its last day."""

    person: Person
    branch: Path
    leave_from: date | None
    leave_to: date | None


def listed(stores: Stores, *, day: date) -> list[Listed]:
    """Everybody who is there, branch by branch in the order of the tree, by employee number."""
    paths = Tree(stores.branches.all()).paths
    leave: dict[int, Absence] = {}
    for absence in stores.people.all_absences():
        if absence.until is None or absence.until > day:
            leave.setdefault(absence.person, absence)
    people = [one for one in stores.people.all() if one.left_on is None]
    found = [_listed(person, paths[person.branch], leave.get(person.id)) for person in people]
    order = {path: place for place, path in enumerate(sorted(paths.values()))}
    return sorted(found, key=lambda one: order[one.branch])


def _listed(person: Person, branch: Path, leave: Absence | None) -> Listed:
    if leave is None:
        return Listed(person, branch, None, None)
    return Listed(person, branch, leave.since, leave.until and leave.until - A_DAY)
