"""What a file would change, compared with what is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.people.permission import Permission, require_everywhere
from domain.people.roster import power
from domain.people.roster.model import MAY_BE_TOLD, WORRYING, Change, Leave, Move, Plan, Thinned, Unclear, Why
from domain.people.roster.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from domain.ids import PersonId
    from domain.people.actor import Actor
    from domain.people.branch import Branch
    from domain.people.person import Absence, Person
    from domain.people.role import Grant
    from domain.people.roster.model import Path, Roster, Row
    from domain.stores import Stores

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What the store has: open branches, everybody who ever was on the roster, all leave, and all roles.

    `withdrawn` are roles that a roster gave and somebody has ended.
    """

    branches: Sequence[Branch]
    people: Sequence[Person]
    absences: Sequence[Absence]
    grants: Sequence[Grant] = ()
    withdrawn: power.Withdrawn = ()


def look(stores: Stores, actor: Actor) -> Known:
    """What the store has, to those who keep the whole roster. Raises NotEverywhere."""
    require_everywhere(stores, actor, Permission.KEEP_ROSTER)
    return known(stores)


def known(stores: Stores) -> Known:
    """What the store has; comparing takes its time and is no work for a transaction."""
    return Known(
        stores.branches.all(),
        stores.people.all(),
        stores.people.all_absences(),
        power.all_grants(stores),
        stores.grants.withdrawn_by_hand(),
    )


def plan(known: Known, roster: Roster) -> Plan:
    """What a file would change, compared with what is known; nothing is done.

    Somebody is known by their employee number; without one, by their name within their branch. Who is in one of the
    branches that the file names, but not in the file, has left, and so has whoever the file says is gone. Branches that
    it does not name stay as they are.
    """
    return _Planner(known, roster).plan()


class _Planner:
    """Compares a roster with the store, row by row."""

    def __init__(self, known: Known, roster: Roster) -> None:
        self.roster = roster
        self.rows = [row for row in roster.rows if not row.gone]
        self.grants, self.withdrawn = known.grants, known.withdrawn
        self.tree = Tree(known.branches)
        self.people = known.people
        self.by_number = {person.number: person for person in self.people}
        self.by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            self.by_name[person.name].append(person)
        self.away: defaultdict[PersonId, set[tuple[date, date | None]]] = defaultdict(set)
        for absence in known.absences:
            self.away[absence.person].add((absence.since, absence.until))
        self.told = {row.number for row in roster.rows}
        self.seen: set[PersonId] = set()
        self.new: list[Row] = []
        self.changed: list[Change] = []
        self.moved: list[Move] = []
        self.leave: list[Leave] = []
        self.unclear: list[Unclear] = []

    def plan(self) -> Plan:
        """The whole plan."""
        wholes = {path: self.tree.resolve(path) for path in sorted({row.branch for row in self.rows}, key=_deep)}
        same = sum(self._take(row, wholes[row.branch]) for row in self._with_numbers_first())
        gone = {one.id for row in self.roster.rows if row.gone for one in self._gone(row)}
        named = {self.tree.ids[path] for path in wholes.values() if path in self.tree.ids}
        there = [person for person in self.people if person.left_on is None]
        in_doubt = {one.name for one in self.unclear}
        missing = {one.id for one in there if one.branch in named and one.name not in in_doubt} - self.seen
        left = [one for one in there if one.id in missing or one.id in gone]
        found = Plan(
            branches=tuple(self.tree.new),
            new=tuple(self.new),
            changed=tuple(self.changed),
            moved=tuple(self.moved),
            left=tuple(left),
            leave=tuple(self.leave),
            unclear=tuple(sorted(self.unclear, key=lambda one: one.row)),
            same=same,
            thinned=tuple(self._thinned(there, left)),
            unused=tuple(self.roster.unused),
        )
        return replace(found, powers=tuple(power.of(found, self.tree, self.grants, self.withdrawn)))

    def _gone(self, row: Row) -> list[Person]:
        """People who have left by a row that says so, without those whom another row has as being there."""
        person = self._person(row, self._known_branch(row.branch))
        return [] if person is None or person.id in self.seen else [person]

    def _known_branch(self, path: Path) -> Path:
        """A branch that is known, by its whole path; a row of somebody who has left makes no new one."""
        return self.tree.known(path) or path

    def _thinned(self, there: Sequence[Person], left: Sequence[Person]) -> Iterator[Thinned]:
        sizes, leavers = (Counter(one.branch for one in people) for people in (there, left))
        for branch, count in leavers.items():
            if count * WORRYING > sizes[branch]:
                yield Thinned(self.tree.paths.get(branch, ()), count, sizes[branch])

    def _with_numbers_first(self) -> list[Row]:
        """So that a row without a number cannot be taken for somebody who has their own."""
        return sorted(self.rows, key=lambda row: not row.number)

    def _take(self, row: Row, whole: Path | None) -> bool:
        """Put one row where it belongs; whether nothing about it has changed."""
        if whole is None:
            return self._doubt(row, Why.SEVERAL_BRANCHES)
        person = self._person(row, whole)
        if person is None and not row.number:
            return self._doubt(row, Why.NO_NUMBER)
        if person is None:
            self.new.append(replace(row, branch=whole))
            self._take_leave(row, row.number, set())
            return False
        if person.id in self.seen:
            return self._doubt(row, Why.SAME_PERSON)
        self.seen.add(person.id)
        return not self._compare(person, row, whole)

    def _doubt(self, row: Row, why: Why) -> bool:
        self.unclear.append(Unclear(row.row, row.name, why))
        return False

    def _person(self, row: Row, whole: Path) -> Person | None:
        """Whom a row means, if they are known."""
        if row.number in self.by_number:
            return self.by_number[row.number]
        free = [person for person in self.by_name[row.name] if person.number not in self.told]
        if row.number:
            bare = row.number if row.bare_number else None
            found = [person for person in free if person.number.lstrip("0") == bare]
        else:
            here = self.tree.ids.get(whole)
            found = [person for person in free if person.branch == here and person.left_on is None]
        return found[0] if len(found) == 1 else None

    def _compare(self, person: Person, row: Row, whole: Path) -> bool:
        """Note what a row changes about somebody; whether it does."""
        told = {one: getattr(row, one) for one in MAY_BE_TOLD if one in self.roster.told}
        after = replace(person, name=row.name, **told)
        if after != person:
            self.changed.append(Change(person, after))
        moved = self.tree.paths.get(person.branch) != whole or person.left_on is not None
        if moved:
            self.moved.append(Move(person, whole))
        return self._take_leave(row, person.number, self.away[person.id]) or moved or after != person

    def _take_leave(self, row: Row, number: str, known: set[tuple[date, date | None]]) -> bool:
        if row.leave_from is None:
            return False
        until = None if row.leave_to is None else row.leave_to + A_DAY
        if (row.leave_from, until) in known:
            return False
        self.leave.append(Leave(number, row.leave_from, until))
        return True


def _deep(path: Path) -> tuple[int, Path]:
    """The longest paths first, so that a shorter one can be known as the end of one of them."""
    return -len(path), path
