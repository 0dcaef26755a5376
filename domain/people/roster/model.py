"""A roster's file, and what it would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from domain.people.branch import BranchKind
    from domain.people.permission import Role
    from domain.people.person import Person

Path = tuple[str, ...]
MAY_BE_TOLD = ("role", "phone", "joined_on")
WORRYING = 3  # where more than one in so many people of a branch would leave, it may be half a file


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody as a file's row has them. `leave_to` is the last day away.

    `bare_number`: a spreadsheet keeps the number as a number, so noughts before it may be lost. `gone`: the file says
    that they have left; then `branch` may be empty.
    """

    row: int
    number: str
    name: str
    branch: Path
    role: str = ""
    phone: str = ""
    joined_on: date | None = None
    leave_from: date | None = None
    leave_to: date | None = None
    bare_number: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that is not used: its heading, the known one that it looks like, or the one used in its place."""

    heading: str
    like: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A file without faults. `told` are the fields that it has columns for; `kinds` what its branches are by name."""

    rows: Sequence[Row]
    told: frozenset[str]
    kinds: Mapping[str, BranchKind]
    unused: Sequence[Unused] = ()


class Why(StrEnum):
    """Why it is not clear whom a row means, or where they belong."""

    NO_NUMBER = "no_number"
    SAME_PERSON = "same_person"
    SEVERAL_BRANCHES = "several_branches"


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row that is left out until somebody mends it."""

    row: int
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody whose name, role, telephone number or joining day is another now."""

    before: Person
    after: Person

    @property
    def fields(self) -> list[str]:
        """What has changed."""
        return [one for one in ("name", *MAY_BE_TOLD) if getattr(self.before, one) != getattr(self.after, one)]


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who goes to another branch, or comes back after they had left."""

    person: Person
    to: Path

    @property
    def is_return(self) -> bool:
        """Whether they come back."""
        return self.person.left_on is not None


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away that a row tells of and that were not known; `until` is the first day back."""

    number: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Power:
    """Somebody who gets or loses rights, as the role on the roster was and is now.

    `waits`: they get them once their account is known.
    """

    name: str
    number: str
    was: str
    now: str
    branch: Path
    gains: Role | None
    loses: Sequence[Role]
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Thinned:
    """A branch that so many would leave, of so many, that the file may be a part of the roster only."""

    branch: Path
    left: int
    of: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `branches` are new, the upper ones first; `same` people are as the file has them."""

    branches: Sequence[Path] = ()
    new: Sequence[Row] = ()
    changed: Sequence[Change] = ()
    moved: Sequence[Move] = ()
    left: Sequence[Person] = ()
    leave: Sequence[Leave] = ()
    unclear: Sequence[Unclear] = ()
    same: int = 0
    powers: Sequence[Power] = ()
    thinned: Sequence[Thinned] = ()
    unused: Sequence[Unused] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.branches or self.new or self.changed or self.moved or self.left or self.leave)

    @property
    def worrying(self) -> bool:
        """Whether so many would leave that it has to be confirmed once more."""
        return bool(self.thinned)

    @property
    def fingerprint(self) -> str:
        """The same for the same plan alone: whoever agreed to one has not agreed to another."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    plan: Plan


class PlanChanged(Exception):  # noqa: N818 - it is no fault: somebody was faster
    """What the file would do now is not what was agreed to; `plan` is what it would do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.fingerprint)
        self.plan = plan


class ManyLeave(Exception):  # noqa: N818 - it is no fault: it has to be asked about
    """So many would leave that it has to be confirmed once more; `plan` is what the file would do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.fingerprint)
        self.plan = plan
