"""The roster as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.admin.audit import FILE_EXPORTED
from domain.people.permission import Permission, require_everywhere
from domain.people.roster.tree import Tree

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ids import MemberId
    from domain.people.actor import Actor
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


def show(stores: Stores, actor: Actor) -> list[Listed]:
    """The roster, to those who keep all of it. Raises NotEverywhere."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    return listed(stores, day=actor.today)


def note_export(stores: Stores, actor: Actor, *, count: int) -> None:
    """Somebody gets the roster of so many people as a file. Raises NotEverywhere."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    _note_export(stores, actor.member.id, count, actor.heard_at)


def export(stores: Stores, *, day: date, at: datetime) -> list[Listed]:
    """The roster as a file for whoever has the machine."""
    found = listed(stores, day=day)
    _note_export(stores, None, len(found), at)
    return found


def _note_export(stores: Stores, by: MemberId | None, count: int, at: datetime) -> None:
    stores.audit.note(by, FILE_EXPORTED, "roster", old=None, new=str(count), at=at)


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
