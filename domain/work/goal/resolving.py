"""What the rows of a table of goals mean in the store: which goals they are, what they stand below, whose they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import plain
from domain.ids import GoalId
from domain.people import branch as branches
from domain.people import naming
from domain.people.branch import AmbiguousBranch, UnknownBranch
from domain.people.naming import Somebody
from domain.people.permission import Area
from domain.work.goal.lines import Fault, Reason
from domain.work.goal.model import Goal, Level
from domain.work.goal.sight import is_within
from domain.work.goal.tree import cycle

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from domain.people.member import Member
    from domain.people.person import Person
    from domain.work.features import Stores
    from domain.work.goal.lines import Line

MAX_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a row names: somebody on the roster, or a member of the group."""

    person: Person | None
    known: Member | None

    def member(self, stores: Stores, at: datetime) -> Member:
        """The member; somebody without a known account gets a stand-in until it is known."""
        if self.known is not None:
            return self.known
        return naming.accounts(stores, [Somebody(None, self.person)], at)[0]


@dataclass(frozen=True, slots=True)
class Target:
    """A row with what it means: below another row (`above`) or a goal of the store (`parent`), or at the top."""

    line: Line
    existing: Goal | None
    above: int | None
    parent: GoalId | None
    home: Area
    level: Level
    since: date
    person: Owner | None

    @property
    def key(self) -> str:
        """By what it is known among rows and goals of the store."""
        return f"row {self.line.row}" if self.existing is None else f"goal {self.existing.id}"

    @property
    def above_key(self) -> str | None:
        """The key of what it stands below."""
        if self.above is not None:
            return f"row {self.above}"
        return None if self.parent is None else f"goal {self.parent}"

    @property
    def wanted(self) -> Goal:
        """The goal as the row has it, but its owner without an account, and a new goal above it."""
        assert self.existing is not None  # noqa: S101 - asked of goals of the store alone
        line, before = self.line, self.existing
        owner = before.owner if self.person is None else self.person.known or before.owner
        return replace(
            before,
            parent=before.parent if self.above is not None else self.parent,
            level=self.level,
            home=self.home,
            title=line.title,
            measure=line.measure,
            weight=line.weight,
            since=self.since,
            due=line.due,
            owner=owner,
        )

    @property
    def is_changed(self) -> bool:
        """Whether the row says something else than the store."""
        awaited = self.person is not None and self.person.known is None
        return self.existing is not None and (self.above is not None or awaited or self.wanted != self.existing)


class Resolver:
    """Resolves the rows of one table; `faults` are what is wrong with them. `home` is meant where a row says none."""

    def __init__(self, stores: Stores, lines: Sequence[Line], home: Area | None) -> None:
        self.stores, self.lines, self.home = stores, lines, home
        self.faults: list[Fault] = []
        self.of_home: dict[Area, list[Goal]] = {}
        codes = [one.code for one in lines if one.code]
        self.known = {one.code: one for one in stores.goals.coded(set(codes) | {one.parent for one in lines})}
        self.rows = {one.code: one for one in lines if one.code}
        titles = Counter(one.title for one in lines)
        self.titled = {one.title: one for one in lines if titles[one.title] == 1}
        for code, count in Counter(codes).items():
            if count > 1:
                self._blame(self.rows[code], "code", Reason.TWICE, code)
        if not lines:
            self.faults.append(Fault(0, "", "", Reason.NOTHING))

    def _blame(self, line: Line, field: str, reason: Reason, detail: str = "") -> None:
        self.faults.append(Fault(line.row, line.title, field, reason, detail))

    def targets(self) -> list[Target]:
        """The rows with what they mean, each behind the one above it; without those at fault."""
        above = {one.row: self._row_above(one) for one in self.lines}
        names = {str(one.row): str(up.row) if (up := above[one.row]) else None for one in self.lines}
        if self._goes_round(names, {str(one.row): one for one in self.lines}):
            return []
        found: dict[int, Target] = {}
        for line in self._ordered(above):
            up = above[line.row]
            if up is None or up.row in found:
                made = self._target(line, None if up is None else found[up.row])
                if made is not None:
                    found[line.row] = made
        self._check_stored(list(found.values()))
        return list(found.values())

    def _goes_round(self, above: Mapping[str, str | None], lines: Mapping[str, Line]) -> bool:
        """Whether something would stand below itself."""
        round_ = cycle(above)
        line = next((lines[one] for one in round_ if one in lines), None)
        if line is not None:
            titles = [lines[one].title if one in lines else one for one in round_]
            self._blame(line, "parent", Reason.CYCLE, " → ".join(titles))
        return line is not None

    def _check_stored(self, targets: Sequence[Target]) -> None:
        """The same with what stands above in the store, as it will be after the import."""
        above: dict[str, str | None] = {}
        for one in targets:
            for goal in () if one.parent is None else self.stores.goals.above(one.parent):
                above[f"goal {goal.id}"] = None if goal.parent is None else f"goal {goal.parent}"
        above |= {one.key: one.above_key for one in targets}
        self._goes_round(above, {one.key: one.line for one in targets})

    def _ordered(self, above: dict[int, Line | None]) -> list[Line]:
        """Each line behind the one above it. There is no cycle."""

        def depth(line: Line | None) -> int:
            return 0 if line is None else 1 + depth(above[line.row])

        return sorted(self.lines, key=lambda one: (depth(one), one.row))

    def _row_above(self, line: Line) -> Line | None:
        """The row that a row stands below, where it is one of the file."""
        found = self.rows.get(line.parent) or self.titled.get(line.parent)
        return found if line.parent else None

    def _target(self, line: Line, up: Target | None) -> Target | None:
        before = len(self.faults)
        stored = up.existing if up is not None else self._stored_above(line)
        level = line.level or _usual_level(up.level if up else stored.level if stored else None)
        top = up.home if up else stored.home if stored else None
        home = self._home(line, top or self.home)
        existing = self._existing(line, home)
        since = line.since or self._since(line, level, existing)
        if since > line.due:
            self._blame(line, "due", Reason.ENDS_BEFORE)
        if home is None or len(self.faults) > before:
            return None
        person = self._owner(line, home)
        above = None if up is None or up.existing is not None else up.line.row
        made = Target(line, existing, above, stored.id if stored else None, home, level, since, person)
        self._check(made, up.level if up else stored.level if stored else None, top)
        return made if len(self.faults) == before else None

    def _existing(self, line: Line, home: Area | None) -> Goal | None:
        """The goal of the store that a row is about: by its code or number, else by its title in its year."""
        if not line.code:
            return None if home is None else self._titled(line, home)
        found = self.known.get(line.code) or self._numbered(line, line.code, "code")
        if found is not None and not found.is_open:
            self._blame(line, "code", Reason.DROPPED)
        return found

    def _titled(self, line: Line, home: Area) -> Goal | None:
        if home not in self.of_home:
            self.of_home[home] = [one for one in self.stores.goals.of(home) if one.home == home and one.is_open]
        return next(
            (one for one in self.of_home[home] if (one.title, one.due.year) == (line.title, line.due.year)), None
        )

    def _numbered(self, line: Line, words: str, field: str) -> Goal | None:
        digits = words.removeprefix("#")
        if digits == words or not digits.isdecimal() or len(digits) > MAX_DIGITS:
            return None
        found = self.stores.goals.get(GoalId(int(digits)))
        if found is None:
            self._blame(line, field, Reason.NO_SUCH_GOAL, words)
        return found

    def _stored_above(self, line: Line) -> Goal | None:
        """The goal of the store that a row stands below."""
        if not line.parent:
            return None
        found = self.known.get(line.parent) or self._numbered(line, line.parent, "parent")
        if found is None and not line.parent.startswith("#"):
            self._blame(line, "parent", Reason.NO_SUCH_GOAL, line.parent)
        if found is not None and not found.is_open:
            self._blame(line, "parent", Reason.DROPPED)
        return found

    def _home(self, line: Line, otherwise: Area | None) -> Area | None:
        if not line.where:
            if otherwise is None:
                self._blame(line, "where", Reason.NO_BRANCH)
            return otherwise
        try:
            return Area(branch=branches.named(self.stores, line.where).id)
        except (UnknownBranch, AmbiguousBranch):
            self._blame(line, "where", Reason.NO_SUCH_BRANCH, line.where)
            return None

    def _since(self, line: Line, level: Level, existing: Goal | None) -> date:
        """The first day where the row says none: of the month or the year."""
        if existing is not None and existing.since <= line.due:
            return existing.since
        return line.due.replace(day=1) if level is Level.MONTH else date(line.due.year, 1, 1)

    def _owner(self, line: Line, home: Area) -> Owner | None:
        if not line.owner:
            return None
        found = list(self._people(line.owner, home))
        if len(found) != 1:
            self._blame(line, "owner", Reason.NO_SUCH_PERSON, line.owner)
            return None
        return found[0]

    def _people(self, words: str, home: Area) -> Iterator[Owner]:
        """Who may be meant by an employee number or a name."""
        numbered = self.stores.people.numbered(words)
        people = [numbered] if numbered is not None else self.stores.people.called(words)
        there = [one for one in people if one.left_on is None]
        if len(there) > 1 and home.branch is not None:
            below = set(self.stores.branches.subtree(home.branch))
            there = [one for one in there if one.branch in below]
        stand_ins = self.stores.people.awaited([one.id for one in there])
        for one in there:
            member = one.member or stand_ins.get(one.id)
            yield Owner(one, None if member is None else self.stores.members.get(member))
        if not there and home.group is not None:
            yield from (Owner(None, one) for one in self.stores.members.called(home.group, plain.tidy(words)))

    def _check(self, made: Target, above: Level | None, top: Area | None) -> None:
        """Whether a goal may stand where it does, and whether a change of one says why."""
        line = made.line
        if above is not None and made.level.depth < above.depth:
            self._blame(line, "level", Reason.WRONG_LEVEL)
        if top is not None and not is_within(self.stores, made.home, top):
            self._blame(line, "where", Reason.WRONG_HOME)
        if made.existing is None:
            return
        if made.is_changed and not line.reason:
            self._blame(line, "reason", Reason.NO_REASON)


def _usual_level(above: Level | None) -> Level:
    """The level of a goal whose row says none."""
    if above is None:
        return Level.YEAR
    return Level.MONTH if above is Level.YEAR else Level.BRANCH
