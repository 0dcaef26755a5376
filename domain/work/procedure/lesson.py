"""What a run has taught, and the change of the procedure that follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from domain.messaging.message import Subject
from domain.refusal import Refusal
from domain.work.procedure.template import MAX_DAYS, MAX_KEY_CHARS, MAX_PART_CHARS, MAX_STEP_CHARS, Anchor, Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.ids import MemberId, ProcedureId, RunId
    from domain.work.procedure.model import Run
    from domain.work.procedure.template import Procedure

MAX_ANSWER_CHARS = 500
MORE_DAYS = 3


class AlreadyLookedBack(Refusal):
    """The questions about this run were answered before."""

    text = "procedure.looked_back"


class NoProposal(Refusal):
    """The proposal was decided, or the step that it changes is no more."""

    text = "procedure.no_proposal"


class Way(StrEnum):
    """How a procedure is changed by what was learnt."""

    CHECK = "check"  # the words become part of what a step is judged by
    STEP = "step"  # the words are a new step, behind one
    DAYS = "days"  # a step gets some days more


@dataclass(frozen=True, slots=True)
class Change:
    """A proposed change: how, and at which step, by its key."""

    way: Way
    key: str


class Verdict(StrEnum):
    """What became of a proposal."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Lesson:
    """The three answers about a run: what went well, where it got stuck, what to do differently next time.

    Without any answer, whoever was asked did not want to say anything.
    """

    run: RunId
    procedure: ProcedureId
    by: MemberId
    at: datetime
    good: str = ""
    stuck: str = ""
    other: str = ""
    change: Change | None = None
    verdict: Verdict | None = None

    @property
    def waits(self) -> bool:
        """Whether its proposal is to be decided."""
        return self.change is not None and self.verdict is None

    @property
    def subject(self) -> Subject:
        """What the message is about in which its proposal is decided."""
        return Subject("procedure_lesson", self.run)


class Lessons(Protocol):
    """What runs have taught, in the store."""

    def add(self, lesson: Lesson) -> None:
        """Remember one; a run has one at most."""

    def of_run(self, run: RunId) -> Lesson | None:
        """That of a run."""

    def decide(self, run: RunId, verdict: Verdict) -> None:
        """Say what became of a proposal."""

    def of(self, procedure: ProcedureId, limit: int) -> Sequence[Lesson]:
        """Those of a procedure that say something, the newest first."""

    def awaited(self, member: MemberId, since: datetime) -> Sequence[Run]:
        """The runs that somebody has started, which were done since a moment and have taught nothing yet."""

    def waiting(self, limit: int) -> Sequence[Lesson]:
        """Those with a proposal that waits to be decided, the oldest first."""

    def pass_on(self, awaited: MemberId, known: MemberId) -> None:
        """What one member has said is now another's."""


class HasLessons(Protocol):
    """Stores with this one among them."""

    @property
    def lessons(self) -> Lessons:
        """See `Lessons`."""


def changed(procedure: Procedure, lesson: Lesson) -> Procedure:
    """The procedure with the change that a lesson proposes. Raises NoProposal where its step is no more."""
    change = lesson.change
    if change is None or all(one.key != change.key for one in procedure.steps):
        raise NoProposal
    return replace(procedure, steps=tuple(_steps(procedure.steps, change, lesson.other)))


def _steps(steps: Sequence[Step], change: Change, words: str) -> list[Step]:
    found: list[Step] = []
    for one in steps:
        if one.key != change.key:
            found.append(one)
        elif change.way is Way.CHECK:
            found.append(replace(one, check=_joined(one.check, words)))
        elif change.way is Way.DAYS:
            found.append(_longer(one))
        else:
            found += [one, _new(steps, one, words)]
    return _linked(found, steps, change) if change.way is Way.STEP else found


def _joined(before: str, words: str) -> str:
    whole = f"{before}；{words}" if before else words
    return whole if len(whole) <= MAX_PART_CHARS else f"{whole[: MAX_PART_CHARS - 1]}…"


def _longer(one: Step) -> Step:
    """With more time: before an event what is due less early has more of it, else what is due later."""
    days = one.days - MORE_DAYS if one.anchor is Anchor.BEFORE else one.days + MORE_DAYS
    return replace(one, days=min(max(days, 0), MAX_DAYS))


def _new(steps: Sequence[Step], before: Step, words: str) -> Step:
    """A step behind another one, which waits for it and is done by the same role."""
    title = words if len(words) <= MAX_STEP_CHARS else f"{words[: MAX_STEP_CHARS - 1]}…"
    return Step(
        _free_key(steps, before.key), title, before.who, waits=(before.key,), check=words if title != words else ""
    )


def _free_key(steps: Sequence[Step], key: str) -> str:
    known = {one.key for one in steps}
    stem = key[: MAX_KEY_CHARS - 3]
    return next(name for number in range(1, len(known) + 2) if (name := f"{stem}+{number}") not in known)


def _linked(found: Sequence[Step], before: Sequence[Step], change: Change) -> list[Step]:
    """What waited for the step before waits for the new one instead."""
    known = {one.key for one in before}
    (new,) = (one.key for one in found if one.key not in known)
    return [
        replace(one, waits=tuple(new if key == change.key else key for key in one.waits)) if one.key in known else one
        for one in found
    ]
