"""What a measure is, and what can be wrong with a wish about one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Protocol

import plain
from domain.refusal import Refusal
from domain.work.lean.figures import Gauge

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.ids import BranchId, ChatId, MeasureId, MemberId

MAX_TEXT_CHARS, MAX_NAME_CHARS = 200, 30
MAX_REASON_CHARS = 300
MAX_NUMBER = 1_000_000
A_HUNDRED = 100
FALLING = frozenset({Gauge.LEAD, Gauge.START, Gauge.REVIEW, Gauge.REWORK})  # less is better
SHARES = frozenset({Gauge.ON_TIME, Gauge.EFFICIENCY, Gauge.REWORK})  # of a hundred


class MeasureNotFound(Refusal):
    """No measure of the group has that number."""

    text = "measure.not_found"


class NoWords(Refusal):
    """No words, or too many."""

    text = "measure.no_words"


class BadNumber(Refusal):
    """Not a number, or one that the figure cannot have."""

    text = "measure.bad_number"


class NoBetter(Refusal):
    """The target is no better than what is there already."""

    text = "measure.no_better"


class BadDay(Refusal):
    """The day of the check has come already, or is more than a year away."""

    text = "measure.bad_day"


class AlreadyDecided(Refusal):
    """What becomes of it was said before."""

    text = "measure.already_decided"


class NothingToReport(Refusal):
    """The figure is measured by the bot; nobody has to report it."""

    text = "measure.nothing_to_report"


class State(StrEnum):
    """Where a measure stands."""

    RUNNING = "running"
    DUE = "due"  # its day has come: somebody has to say what becomes of it
    KEPT = "kept"  # 固化: it is how things are done from now on
    REVISED = "revised"  # 再改: something else is tried
    DROPPED = "dropped"  # 放弃


OPEN = frozenset({State.RUNNING, State.DUE})
CHOICES = (State.KEPT, State.REVISED, State.DROPPED)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is tried, and the figure that it should move.

    The figure is one that the bot measures (`gauge`), over `branch` with all below it or else over the group alone, or
    one of their own (`figure` names it) that people report. `baseline` is what it was before, `result` what it was on
    the day of the check; either is `None` where there were too few tasks. `previous` is the measure that this one
    follows.
    """

    id: MeasureId
    group: ChatId
    branch: BranchId | None
    owner: MemberId
    text: str
    gauge: Gauge | None
    figure: str
    baseline: float | None
    target: float
    made_at: datetime
    check_on: date
    state: State = State.RUNNING
    result: float | None = None
    reason: str = ""
    decided_at: datetime | None = None
    decided_by: MemberId | None = None
    previous: MeasureId | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has still to be decided."""
        return self.state in OPEN

    @property
    def falls(self) -> bool:
        """Whether less is better."""
        if self.gauge is not None:
            return self.gauge in FALLING
        return self.baseline is not None and self.target < self.baseline

    @property
    def reached(self) -> bool | None:
        """Whether the result is as good as the target; `None` where there is no result."""
        if self.result is None:
            return None
        return self.result <= self.target if self.falls else self.result >= self.target

    @property
    def moved(self) -> bool | None:
        """Whether the result is better than the baseline; `None` where one of them is missing."""
        if self.result is None or self.baseline is None:
            return None
        return self.result < self.baseline if self.falls else self.result > self.baseline


def check_number(number: float, gauge: Gauge | None) -> float:
    """A number that a figure can have. Raises BadNumber."""
    is_share = gauge is not None and gauge in SHARES
    if not isfinite(number) or not 0 <= number <= (A_HUNDRED if is_share else MAX_NUMBER):
        raise BadNumber(share=is_share)
    return number


def check_target(target: float, gauge: Gauge | None, baseline: float | None) -> float:
    """A target that is better than the baseline. Raises BadNumber, NoBetter."""
    check_number(target, gauge)
    if baseline is None:
        return target
    falls = gauge in FALLING if gauge is not None else target < baseline
    if target == baseline or (target < baseline) is not falls:
        raise NoBetter(gauge=gauge, baseline=baseline, target=target)
    return target


def check_words(words: str, most: int) -> str:
    """Words as they are kept, on one line. Raises NoWords."""
    found = plain.tidy(words)
    if not found or len(found) > most:
        raise NoWords(most=most)
    return found


class Measures(Protocol):
    """Measures in the store."""

    def add(self, measure: Measure) -> Measure:
        """Remember a measure; its id is given now."""

    def get(self, number: MeasureId) -> Measure | None:
        """One measure."""

    def save(self, measure: Measure) -> None:
        """Remember what has changed about a measure."""

    def of_group(self, group: ChatId, limit: int) -> list[Measure]:
        """A group's measures, the newest first."""

    def running_until(self, day: date) -> list[Measure]:
        """Those that run and whose day of the check is that day or an earlier one, by number."""

    def open_of(self, owner: MemberId) -> list[Measure]:
        """A member's measures that are not decided, by number."""

    def hand_over(self, giver_up: MemberId, owner: MemberId) -> None:
        """Give everything that one member answers for to another, who is the same person."""


class HasMeasures(Protocol):
    """Stores with this one among them."""

    @property
    def measures(self) -> Measures:
        """See `Measures`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure as people see it: with those that it follows, the newest first, and `done` of `tasks` that serve it."""

    measure: Measure
    earlier: Sequence[Measure] = ()
    tasks: int = 0
    done: int = 0
