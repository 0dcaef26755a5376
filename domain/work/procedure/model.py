"""Kept procedures and their versions, runs and their steps, and what is needed of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.ids import RunStepId
from domain.messaging.message import Subject
from domain.refusal import Refusal
from domain.work.procedure.template import Anchor, Fault, Procedure, Step, WrongProcedure
from domain.work.task import Link, LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import ChatId, MemberId, ProcedureId, RunId

__all__ = ["Anchor", "Fault", "Procedure", "Step", "WrongProcedure"]
MAX_ABOUT_CHARS = 60  # of what a run is about
MAX_RUNS = 20  # of a group at the same time
MAX_KEPT = 60  # procedures of a group


class ProcedureNotFound(Refusal):
    """There is no such procedure, or it is another group's."""

    text = "procedure.not_found"


class RunNotFound(Refusal):
    """There is no such run, or it is another group's."""

    text = "procedure.run_not_found"


class RunOver(Refusal):
    """The run has come to its end, or was stopped."""

    text = "procedure.run_over"


class TooManyRuns(Refusal):
    """As many runs as a group can follow are going on."""

    text = "procedure.too_many_runs"


class TooManyKept(Refusal):
    """A group has as many procedures as it may."""

    text = "procedure.too_many_kept"


class EventGone(Refusal):
    """The day of the event has passed already."""

    text = "procedure.event_gone"


class AboutTooLong(Refusal):
    """What the run is about does not fit on a card."""

    text = "procedure.about_too_long"


@dataclass(frozen=True, slots=True)
class Kept:
    """A procedure that is kept, in one of its versions. Without a `group` it is everybody's.

    `sample` names the sample that it began as, where it began as one.
    """

    id: ProcedureId
    group: ChatId | None
    version: int
    procedure: Procedure
    sample: str = ""

    @property
    def subject(self) -> Subject:
        """What the audit log calls it."""
        return Subject("procedure", self.id)


class RunState(StrEnum):
    """Where a run stands."""

    GOING = "going"
    DONE = "done"
    STOPPED = "stopped"


class StepState(StrEnum):
    """Where a step of a run stands."""

    WAITING = "waiting"  # for other steps
    OPEN = "open"  # its task is given
    DONE = "done"
    SKIPPED = "skipped"  # its task was withdrawn


ENDED = frozenset({StepState.DONE, StepState.SKIPPED})


@dataclass(frozen=True, slots=True)
class RunStep:
    """A step of a run. `stands_in` is set where the secretary does it, since nobody holds its role."""

    id: RunStepId
    step: Step
    state: StepState = StepState.WAITING
    opened_at: datetime | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None
    stands_in: bool = False

    @property
    def link(self) -> Link:
        """What its task is linked to."""
        return Link(LinkKind.STEP, self.id)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a version of a procedure. `about` is what it is about, `event_on` the day of its event."""

    id: RunId
    kept: Kept
    group: ChatId
    starter: MemberId
    started_at: datetime
    steps: tuple[RunStep, ...]
    about: str = ""
    event_on: date | None = None
    state: RunState = RunState.GOING
    ended_at: datetime | None = None

    @property
    def title(self) -> str:
        """By what people know it."""
        title = self.kept.procedure.title
        return f"{title}·{self.about}" if self.about else title

    @property
    def card(self) -> Subject:
        """What its card is about."""
        return Subject("procedure_run", self.id)

    @property
    def ended(self) -> int:
        """How many of its steps have come to their end."""
        return sum(one.state in ENDED for one in self.steps)

    @property
    def at_step(self) -> int:
        """The number of the first step that has not come to its end; of a run that has, the last one's."""
        numbers = (number for number, one in enumerate(self.steps, 1) if one.state not in ENDED)
        return next(numbers, len(self.steps))

    def ready(self) -> list[RunStep]:
        """The waiting steps whose turn has come."""
        done = {one.step.key for one in self.steps if one.state in ENDED}
        return [one for one in self.steps if one.state is StepState.WAITING and done.issuperset(one.step.waits)]


class Procedures(Protocol):
    """Procedures and their runs in the store."""

    def add(self, procedure: Procedure, group: ChatId | None, sample: str, by: MemberId | None, at: datetime) -> Kept:
        """Keep a new procedure as its first version."""

    def get(self, number: ProcedureId) -> Kept | None:
        """A procedure in its newest version, also one that is kept no longer."""

    def of(self, group: ChatId | None) -> list[Kept]:
        """The procedures of a group and those of everybody, newest versions, by title; of `None` only the latter."""

    def change(self, kept: Kept, by: MemberId | None, reason: str, at: datetime) -> None:
        """Add a version; those before stay with their runs."""

    def remove(self, number: ProcedureId, at: datetime) -> None:
        """Keep a procedure no longer; its runs go on."""

    def start(self, run: Run, source: str) -> Run:
        """Remember a run; its id and those of its steps are given now."""

    def started_by(self, source: str) -> Run | None:
        """The run that a form has started."""

    def run(self, number: RunId) -> Run | None:
        """One run."""

    def run_of(self, step: RunStepId) -> Run | None:
        """The run that has a step."""

    def going(self, group: ChatId) -> list[Run]:
        """The runs of a group that go on, the oldest first."""

    def started(self, member: MemberId) -> list[Run]:
        """The runs that go on, or wait for a word about what they have taught, and that somebody has started."""

    def open_for(self, member: MemberId) -> list[Run]:
        """The runs with an open step that somebody does."""

    def hand_over(self, run: RunId, member: MemberId) -> None:
        """Let a run be somebody else's from now on, as if they had started it."""

    def save_step(self, step: RunStep) -> None:
        """Remember what has changed about a step."""

    def end(self, run: Run) -> None:
        """Remember how and when a run has ended."""

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has started is now another's."""


class HasProcedures(Protocol):
    """Stores with this one among them."""

    @property
    def procedures(self) -> Procedures:
        """See `Procedures`."""


def steps_of(steps: Sequence[Step]) -> tuple[RunStep, ...]:
    """Steps as a run begins with them; the store gives their ids."""
    return tuple(RunStep(RunStepId(0), one) for one in steps)
