"""What a recurring task is, and what can be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.refusal import Refusal
from domain.work.rhythm import CatchUp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.ids import BranchId, ChatId, MemberId, RecurringId
    from domain.people.member import Member
    from domain.work.rhythm import Rhythm, Turn
    from domain.work.task import Plan, Task


class RecurringNotFound(Refusal):
    """No recurring task of the group has that number."""

    text = "recurring.not_found"


class AlreadyRecurring(Refusal):
    """The command was edited after it had begun a recurring task."""

    text = "recurring.already"


class NeverComes(Refusal):
    """The rhythm names only days that do not exist."""

    text = "recurring.never_comes"


class HasStopped(Refusal):
    """It was stopped; a stopped one does not come back."""

    text = "recurring.has_stopped"


class NothingToGive(Refusal):
    """Its next turn cannot be given ahead: nobody is there to do it."""

    text = "recurring.nobody"


class AlreadyAhead(Refusal):
    """Its next turn was given meanwhile: by somebody else's press, or because its time had come."""

    text = "recurring.already_ahead"


class State(StrEnum):
    """Whether turns are given."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has a role in a branch, in the roster's own words (组织委员), when a turn is given."""

    branch: BranchId
    role: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work that comes again: who does what in which rhythm.

    Either `owners` are named, or `holder` says whose it is; then `basis` is where the duty comes from. `settled` is the
    last turn that was given or left out, `last_due_at` the deadline of the last one that was given, and `next_at` the
    moment at which to look again (`None` while it is not running).
    """

    id: RecurringId
    group: ChatId
    giver: Member
    plan: Plan
    rhythm: Rhythm
    settled: Turn
    begun_at: datetime
    owners: Sequence[Member] = ()
    holder: Holder | None = None
    basis: str = ""
    catch_up: CatchUp = CatchUp.LATEST
    state: State = State.RUNNING
    next_at: datetime | None = None
    last_due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A recurring task as its card shows it: when it is next due and given, where it is running."""

    recurring: Recurring
    owners: Sequence[str]
    due_at: datetime | None = None
    give_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A recurring task that has just begun, and the tasks of its first turn, if that was given at once."""

    shown: Shown
    tasks: Sequence[Task] = ()


class Recurrings(Protocol):
    """Recurring tasks in the store."""

    def add(self, one: Recurring, source: str) -> Recurring:
        """Remember one; its id is given now. `source` is its command, or what it was adopted from."""

    def get(self, number: RecurringId) -> Recurring | None:
        """One, also a stopped one."""

    def begun_by(self, source: str) -> Recurring | None:
        """The one that a command has begun."""

    def save(self, one: Recurring) -> None:
        """Remember what has changed about one, but its owners."""

    def put_owners(self, number: RecurringId, owners: Sequence[MemberId]) -> None:
        """Say whose it is, in place of whose it was."""

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything of one member to another, who is the same person."""

    def named_in(self, group: ChatId, limit: int) -> list[Recurring]:
        """A group's with named owners that have not stopped, in the order in which they began."""

    def held_in(self, branch: BranchId, group: ChatId) -> list[Recurring]:
        """Those of a branch's roles in a group that have not stopped, in the order in which they began."""

    def held_in_branches(self, branches: Sequence[BranchId]) -> list[Recurring]:
        """Those of the roles of several branches that have not stopped, in the order in which they began."""

    def due(self, at: datetime, limit: int) -> list[Recurring]:
        """Running ones that are to be looked at by a moment, the longest due first."""


class HasRecurring(Protocol):
    """Stores with this one among them."""

    @property
    def recurring(self) -> Recurrings:
        """See `Recurrings`."""
