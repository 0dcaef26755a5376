"""What a front-line action is, how far it has come, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Subject
from domain.refusal import Helper, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import ActionId, BranchId, ChatId, MemberId
    from domain.people.member import Member

MAX_PROBLEM_CHARS, MAX_UNIT_CHARS, MAX_NOTE_CHARS, MAX_TEAM = 120, 20, 200, 30
LARGEST = Decimal(10) ** 12
MAX_DURATION = timedelta(days=366)
ASKS_AFTER = timedelta(days=14)  # without a new figure, whoever leads it is asked for one
WARNS_BEFORE = timedelta(days=7)


class ActionNotFound(Refusal):
    """There is no such action, or it is another group's."""

    text = "action.not_found"


class ActionOver(Refusal):
    """It has ended."""

    text = "action.over"


class DayPassed(Refusal):
    """It has to end after today, and within a year."""

    text = "action.day_passed"


class SameFigure(Refusal):
    """The target is what it is already."""

    text = "action.same_figure"


class NotYours(Refusal):
    """Its leader reports its figures, or who plans the group's work."""

    text = "action.not_yours"
    helper = Helper.SECRETARY


class NoFigureYet(Refusal):
    """It ends with a figure: what came of it."""

    text = "action.no_figure_yet"


class Kind(StrEnum):
    """What sort of action it is."""

    TASK_FORCE = "task_force"  # 党员突击队
    MODEL_POST = "model_post"  # 党员示范岗
    ZONE = "zone"  # 党员责任区
    FEAT = "feat"  # 一线建功


class State(StrEnum):
    """How far it is."""

    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Action:
    """An action of a group: a figure of `unit`s that is `baseline` at first and is to be `target` on the day `until`.

    `words` tell at the end how it went, or why it was stopped.
    """

    id: ActionId
    group: ChatId
    branch: BranchId | None
    kind: Kind
    problem: str
    unit: str
    baseline: Decimal
    target: Decimal
    until: date
    lead: MemberId
    opener: MemberId
    opened_at: datetime
    state: State = State.RUNNING
    words: str = ""
    ended_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether figures are still reported."""
        return self.state is State.RUNNING

    @property
    def card(self) -> Subject:
        """What the group's card is about."""
        return Subject("action", self.id)

    def reaches(self, value: Decimal) -> bool:
        """Whether a figure is as good as the target, or better."""
        return value >= self.target if self.target > self.baseline else value <= self.target

    def share(self, value: Decimal) -> int:
        """How much of the way a figure has come, in percent; below 0 where it became worse."""
        return int((value - self.baseline) * 100 / (self.target - self.baseline))


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure as it was reported."""

    id: int
    value: Decimal
    note: str
    member: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """An action with its team, whoever leads it first, and its figures, the oldest first."""

    action: Action
    team: Sequence[Member]
    figures: Sequence[Reported]

    @property
    def now(self) -> Decimal:
        """The newest figure, at first that of the beginning."""
        return self.figures[-1].value if self.figures else self.action.baseline

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return bool(self.figures) and self.action.reaches(self.now)

    @property
    def share(self) -> int:
        """How much of the way it has come, in percent."""
        return self.action.share(self.now)


class Actions(Protocol):
    """Actions in the store."""

    def add(self, action: Action, team: Sequence[MemberId], source: str) -> Action:
        """Remember an action with its team; its id is given now."""

    def opened_by(self, source: str) -> Action | None:
        """The action that was opened by a form."""

    def get(self, action: ActionId) -> Action | None:
        """One action."""

    def save(self, action: Action) -> None:
        """Remember what has changed about an action."""

    def team(self, action: ActionId) -> list[MemberId]:
        """Who belongs to it, in the order in which they were named."""

    def report(self, action: ActionId, one: Reported) -> None:
        """Add a figure; its id is given now."""

    def figures(self, action: ActionId) -> list[Reported]:
        """All figures, the oldest first."""

    def running_in(self, group: ChatId) -> list[Action]:
        """A group's actions that go on, the first due first."""

    def running_of(self, member: MemberId) -> list[Action]:
        """The actions that go on and that somebody leads or belongs to, the first due first."""

    def in_span(self, group: ChatId, since: datetime, until: datetime) -> list[Action]:
        """A group's actions that were opened or have ended between two moments, the oldest first."""

    def hand_over(self, awaited: MemberId, known: MemberId) -> None:
        """Somebody who was waited for is known: what is theirs is that member's."""
