"""The life of a suggestion: what may follow what, until when, and what has happened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import plain
from domain.admin.audit import AuditAction
from domain.points.event import Event, EventName
from domain.refusal import NoMore, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, SuggestionId, TaskId
    from domain.people.member import Member
    from domain.voice.suggestion.model import Suggestion

ADOPTED = Event(EventName("suggestion.adopted"), is_own=False)
DONE = Event(EventName("suggestion.done"), is_own=False)
CHANGED = AuditAction("suggestion.changed")
MAX_REASON_CHARS = 500
MAX_HEIGHT = 6  # levels above a group: a higher one counts with the last


class Stage(StrEnum):
    """What has become of a suggestion so far."""

    RECEIVED = "received"
    CONSIDERED = "considered"
    ADOPTED = "adopted"
    REFUSED = "refused"
    DONE = "done"
    CONFIRMED = "confirmed"
    OVER = "over"  # merged with another one, or taken back


class Step(StrEnum):
    """What happens to a suggestion."""

    CONSIDER = "consider"
    ADOPT = "adopt"
    REFUSE = "refuse"
    TRANSFER = "transfer"
    RECONSIDER = "reconsider"  # a decision is taken back
    ASSIGN = "assign"  # it became a task
    RELEASE = "release"  # that task was withdrawn
    FINISH = "finish"
    CONFIRM = "confirm"  # by the author, or since they said nothing
    REOPEN = "reopen"  # by the author: something is missing
    ESCALATE = "escalate"  # nobody answered in time
    MERGE = "merge"
    TAKE_BACK = "take_back"
    RESTORE = "restore"  # merging it was undone


OPEN = frozenset({Stage.RECEIVED, Stage.CONSIDERED})
KEPT = frozenset({Stage.ADOPTED, Stage.DONE, Stage.CONFIRMED})  # adopted, and still so
FULFILLED = frozenset({Stage.DONE, Stage.CONFIRMED})
STAYS = {one: one for one in (Stage.RECEIVED, Stage.CONSIDERED, Stage.ADOPTED)}
NEXT: Mapping[Step, Mapping[Stage, Stage]] = {
    Step.CONSIDER: {Stage.RECEIVED: Stage.CONSIDERED},
    Step.ADOPT: dict.fromkeys(OPEN, Stage.ADOPTED),
    Step.REFUSE: dict.fromkeys(OPEN, Stage.REFUSED),
    Step.TRANSFER: dict.fromkeys(OPEN, Stage.RECEIVED),
    Step.RECONSIDER: dict.fromkeys((Stage.ADOPTED, Stage.REFUSED), Stage.CONSIDERED),
    Step.ASSIGN: {Stage.ADOPTED: Stage.ADOPTED},
    Step.RELEASE: {Stage.ADOPTED: Stage.ADOPTED},
    Step.FINISH: {Stage.ADOPTED: Stage.DONE},
    Step.CONFIRM: {Stage.DONE: Stage.CONFIRMED},
    Step.REOPEN: {Stage.DONE: Stage.ADOPTED},
    Step.ESCALATE: STAYS,
    Step.MERGE: dict.fromkeys(set(Stage) - {Stage.OVER}, Stage.OVER),
    Step.TAKE_BACK: dict.fromkeys(set(Stage) - {Stage.OVER}, Stage.OVER),
    Step.RESTORE: {Stage.OVER: Stage.RECEIVED},
}
WITH_REASON = frozenset({Step.REFUSE, Step.REOPEN})
UNHEARD = frozenset({Step.ASSIGN, Step.RELEASE, Step.ESCALATE})  # no news for its author


class WrongStep(Refusal):
    """What was asked for cannot follow what has become of it, or somebody else was faster."""

    text = "triage.changed"


class NoReason(Refusal):
    """No reason, or one that nobody reads."""

    text = "triage.no_reason"


@dataclass(frozen=True, slots=True)
class Life:
    """Where a suggestion stands. `due_on` is the last day for what comes next, by whoever has it.

    Those in charge of `group` have it, or those `height` levels above them; of no group, the administrators. `version`
    counts its steps: a button names the one that it was made for. `answered_at` is the moment of the first decision;
    `reason` is that of the newest step that had one. `task` is the batch of the tasks that it became.
    """

    suggestion: SuggestionId
    stage: Stage
    group: ChatId | None
    changed_at: datetime
    due_on: date | None = None
    height: int = 0
    version: int = 0
    adopted_by: MemberId | None = None
    task: TaskId | None = None
    answered_at: datetime | None = None
    reason: str = ""

    def may(self, step: Step) -> bool:
        """Whether a step can follow."""
        fits = self.stage in NEXT[step]
        if step is Step.ASSIGN:
            return fits and self.task is None
        return fits and (step is not Step.RELEASE or self.task is not None)

    def moved(self, step: Step, at: datetime, *, by: MemberId | None, due_on: date | None, reason: str = "") -> Life:
        """It after a step. Raises WrongStep, NoReason."""
        if not self.may(step):
            raise WrongStep(stage=self.stage, by=None)
        if step in WITH_REASON and not reason:
            raise NoReason(most=MAX_REASON_CHARS)
        stage = NEXT[step][self.stage]
        return replace(
            self,
            stage=stage,
            changed_at=at,
            due_on=due_on,
            height=self.height + (step is Step.ESCALATE),
            version=self.version + 1,
            adopted_by=by if step is Step.ADOPT else self.adopted_by if stage in KEPT else None,
            task=self.task if stage in FULFILLED or step is Step.ESCALATE else None,
            answered_at=self.answered_at or (at if step in (Step.ADOPT, Step.REFUSE) else None),
            reason=reason or ("" if stage in OPEN else self.reason),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """A line of the history, which is never changed. `by` is missing for what the clock did, and for its author."""

    suggestion: SuggestionId
    step: Step
    stage: Stage
    at: datetime
    by: MemberId | None = None
    reason: str = ""
    group: ChatId | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A suggestion and where it stands."""

    suggestion: Suggestion
    life: Life


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody answers: all of these groups; of those `below`, what came up so high; `homeless`: of no group."""

    groups: Collection[ChatId]
    below: Mapping[int, Collection[ChatId]] = field(default_factory=dict)
    homeless: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait at a desk, the first day by which one is due, and how many of them were passed on from below."""

    count: int
    due_on: date | None
    passed_on: int


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history as people read it."""

    record: Record
    by: Member | None


class Lives(Protocol):
    """The lives of suggestions in the store."""

    def begin(self, life: Life) -> None:
        """Remember a new one; nothing happens where it is known."""

    def get(self, suggestion: SuggestionId) -> Case | None:
        """One, if there is such a suggestion."""

    def save(self, life: Life) -> bool:
        """Remember a step; false where another one was made first."""

    def note(self, record: Record) -> None:
        """Add a line to the history."""

    def history(self, suggestion: SuggestionId) -> list[Record]:
        """What has happened to one, oldest first."""

    def next(self, desk: Desk, after: int) -> Case | None:
        """The oldest one behind a number that waits at a desk: for a decision, or adopted without a task."""

    def waiting(self, desk: Desk) -> Waiting:
        """What waits at a desk."""

    def of_task(self, batch: TaskId) -> SuggestionId | None:
        """The suggestion that became the tasks of a command."""

    def overdue(self, day: date) -> list[Life]:
        """What those who have it had to decide or do before a day."""

    def unconfirmed(self, day: date) -> list[Life]:
        """What is done, and whose authors had to say before a day whether it is."""

    def board(self, group: ChatId, stages: Collection[Stage], first: int, most: int) -> list[Case]:
        """What was suggested in a group and stands at one of some stages, what changed last first."""

    def count(self, group: ChatId) -> Mapping[Stage, int]:
        """How many of a group stand at each stage."""

    def reached(self, group: ChatId, step: Step, since: datetime, until: datetime) -> int:
        """How many suggestions of a group took a step between two moments."""

    def answers(self, groups: Collection[ChatId], since: datetime, until: datetime) -> Sequence[Answered]:
        """What was suggested in groups between two moments, and how it was answered."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A suggestion as the monthly figures count it."""

    at: datetime
    stage: Stage
    answered_at: datetime | None
    topics: Sequence[str]


class HasLives(Protocol):
    """Stores with this one among them."""

    @property
    def suggestion_lives(self) -> Lives:
        """See `Lives`."""


def check_reason(words: str) -> str:
    """A reason as it is kept. Raises NoReason."""
    found = plain.clean(words).strip()
    if not plain.line(found) or len(found) > MAX_REASON_CHARS:
        raise NoReason(most=MAX_REASON_CHARS)
    return found


def known(lives: Lives, number: SuggestionId) -> Case:
    """A suggestion that is not over. Raises NoMore."""
    found = lives.get(number)
    if found is None or found.life.stage is Stage.OVER:
        raise NoMore
    return found
