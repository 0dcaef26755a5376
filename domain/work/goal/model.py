"""What a goal is, what may be wrong with a wish about one, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from domain.admin.audit import AuditAction
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import GoalId, MemberId
    from domain.people.member import Member
    from domain.people.permission import Area

MAX_TITLE_CHARS = 120
MAX_UNIT_CHARS = 8
MAX_CODE_CHARS = 30
MAX_REASON_CHARS = 300
MAX_NUMBER = Decimal(10**12)  # of a target or a value
WHOLE = 100  # weights of the goals below one, in percent


class GoalNotFound(Refusal):
    """No goal has that number, or it is not for the eyes of whoever asks."""

    text = "goal.not_found"


class GoalCycle(Refusal):
    """A goal was to stand below itself; `titles` is the way round."""

    text = "goal.cycle"


class WrongLevel(Refusal):
    """A goal was to stand below one of a lower level."""

    text = "goal.wrong_level"


class WrongHome(Refusal):
    """A goal was to stand below one of a branch that its own branch is no part of."""

    text = "goal.wrong_home"


class NotYourGoal(Refusal):
    """Progress is reported by whoever is responsible for the goal, or plans the work of its branch."""

    text = "goal.not_yours"
    helper = Helper.SECRETARY


class RollsUp(Refusal):
    """The progress of a goal with others below it follows from theirs, and is not reported."""

    text = "goal.rolls_up"


class GoalDropped(Refusal):
    """The goal was dropped; nothing is reported or changed any more."""

    text = "goal.is_dropped"


class NothingChanges(Refusal):
    """An adjustment that leaves everything as it is."""

    text = "goal.nothing_changes"


class EndsBeforeStart(Refusal):
    """A goal is to be reached before it begins."""

    text = "goal.ends_before_start"


class Level(StrEnum):
    """Where in the decomposition a goal stands, from the top down."""

    YEAR = "year"  # 年度重点
    MONTH = "month"  # 月度重点工作
    DEPARTMENT = "department"  # 部门
    BRANCH = "branch"  # 支部

    @property
    def depth(self) -> int:
        """How far from the top: 0 for a year's key point."""
        return list(Level).index(self)


class MeasureKind(StrEnum):
    """How it is told whether a goal is reached."""

    NUMBER = "number"
    SHARE = "share"  # percent
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured. `target` is above 0: a number of `unit`s, or a percentage; of a yes or no it is 1."""

    kind: MeasureKind
    target: Decimal = Decimal(1)
    unit: str = ""

    def reached(self, value: Decimal) -> Fraction:
        """The part of the target that a value is, from 0 to 1."""
        return min(Fraction(1), max(Fraction(0), Fraction(value) / Fraction(self.target)))


YES_NO = Measure(MeasureKind.YES_NO)


class GoalState(StrEnum):
    """Whether a goal still counts."""

    OPEN = "open"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a branch, or of a group that is no branch's (`home`).

    `since` and `due` are its first and its last day. `weight` is its part of the goal above it, in percent; where
    the weights of all that stand below one are 0, they count alike. `code` is what files call it, or empty.
    `version` counts its adjustments from 1.
    """

    id: GoalId
    parent: GoalId | None
    level: Level
    home: Area
    title: str
    measure: Measure
    weight: int
    since: date
    due: date
    owner: Member | None
    code: str = ""
    state: GoalState = GoalState.OPEN
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether it still counts."""
        return self.state is GoalState.OPEN


class Happened(StrEnum):
    """What has made a version of a goal."""

    ADDED = "added"
    CHANGED = "changed"
    CARRIED = "carried"  # 结转 to a later day
    DROPPED = "dropped"
    RESTORED = "restored"
    OWNER_LEFT = "owner_left"
    BRANCH_CLOSED = "branch_closed"  # it is now the goal of the branch above
    BRANCH_REOPENED = "branch_reopened"


NOTED = {one: AuditAction(f"goal.{one}") for one in Happened}


@dataclass(frozen=True, slots=True)
class Version:
    """A goal as an adjustment has left it. `by` is nobody where the program did it, or whoever has the machine."""

    goal: Goal
    what: Happened
    by: Member | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A value that was reported. `by` is nobody where it came with a file."""

    goal: GoalId
    value: Decimal
    note: str
    by: Member | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """The tasks that serve a goal itself, without withdrawn ones."""

    tasks: int = 0
    done: int = 0


class Goals(Protocol):
    """Goals in the store."""

    def get(self, number: GoalId) -> Goal | None:
        """One goal."""

    def title(self, number: GoalId) -> str | None:
        """A goal's title."""

    def add(self, goal: Goal) -> Goal:
        """Remember a new goal; its id is given now."""

    def save(self, goal: Goal) -> None:
        """Remember what has changed about a goal."""

    def of(self, home: Area) -> list[Goal]:
        """The goals of a home and all that stand below them, by number; also dropped ones."""

    def below(self, number: GoalId) -> list[Goal]:
        """A goal and all that stand below it, by number; also dropped ones."""

    def above(self, number: GoalId) -> list[Goal]:
        """A goal, then those above it, nearest first."""

    def coded(self, codes: Collection[str]) -> list[Goal]:
        """The goals that files call by these codes."""

    def all(self) -> list[Goal]:
        """Every goal, by number; also dropped ones."""

    def homes(self) -> list[Area]:
        """The branches and groups that have goals."""

    def of_owner(self, owner: MemberId) -> list[Goal]:
        """The goals for which somebody is responsible, the next due first; without dropped ones."""

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything of one member to another, who is the same person."""

    def tasks(self, numbers: Collection[GoalId], until: datetime) -> Mapping[GoalId, Counted]:
        """The tasks that serve each goal, as they stood at a moment; goals without any are left out."""

    def values(self, numbers: Collection[GoalId], until: datetime) -> Mapping[GoalId, Decimal]:
        """The last value that was reported of each goal up to a moment; goals without any are left out."""

    def report(self, number: GoalId, value: Decimal, note: str, by: MemberId | None, at: datetime) -> None:
        """Remember a reported value."""

    def reports(self, number: GoalId) -> list[Report]:
        """What was reported of a goal, oldest first."""

    def note(self, version: Version) -> None:
        """Keep a version of a goal."""

    def versions(self, number: GoalId) -> list[Version]:
        """The versions of a goal, oldest first."""

    def adjusted(self, numbers: Collection[GoalId], since: datetime, until: datetime) -> list[Version]:
        """The versions of goals, but their first, that were made between two moments, oldest first."""


class HasGoals(Protocol):
    """Stores with this one among them."""

    @property
    def goals(self) -> Goals:
        """See `Goals`."""


def way(goals: Sequence[Goal]) -> list[str]:
    """The titles of goals, in their order."""
    return [one.title for one in goals]
