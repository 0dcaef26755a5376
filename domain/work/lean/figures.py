"""How tasks went, in figures: pure functions of their histories, so that each can be checked by hand.

The time from giving a task to its end (lead time) is told apart into four parts, as far as its history tells:

- start: waiting from giving it until its owner says that they do it (ACCEPTED); also after it was given to another;
- work: the first work on it;
- review: waiting from each submission until its reviewer answers;
- rework: work after it was returned.

Process efficiency is work ÷ lead time (value stream mapping: Rother and Shook, Learning to See, 1998). All times are in
workdays, see `worktime`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from domain.work.task.history import Happening, LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from domain.ids import ChatId, TaskId
    from domain.work.lean.model import Ended, Step
    from domain.work.lean.worktime import Worktime

LEAST = 5  # tasks, before a figure is told: of fewer it would be chance


class Phase(StrEnum):
    """What a part of a task's time went to, in the order in which it comes."""

    START = "start"  # waiting
    WORK = "work"
    REVIEW = "review"  # waiting
    REWORK = "rework"


class Gauge(StrEnum):
    """A figure that can be told by one number."""

    LEAD = "lead"  # workdays
    START = "start"  # workdays
    REVIEW = "review"  # workdays
    REWORK = "rework"  # of a hundred that were reviewed
    ON_TIME = "on_time"  # of a hundred
    EFFICIENCY = "efficiency"  # of a hundred


class Kind(StrEnum):
    """What a task was given for; `PLAIN` is one by itself."""

    STEP = "step"
    DUTY = "duty"
    MEETING = "meeting"
    SUGGESTION = "suggestion"
    FINDING = "finding"
    MEASURE = "measure"
    GOAL = "goal"
    PLAIN = "plain"


MOVES = frozenset(
    {
        Happening.ACCEPTED,
        Happening.SUBMITTED,
        Happening.RETURNED,
        Happening.REASSIGNED,
        Happening.REOPENED,
        Happening.DONE,
    }
)
ACTS = MOVES - {Happening.REASSIGNED}
NOTHING: Mapping[Phase, float] = {}


@dataclass(frozen=True, slots=True)
class Course:
    """How one task went. `lead` and `parts` in workdays; the parts add up to `lead`.

    `parts` are empty where nobody said when the work began or was handed in: then work and waiting cannot be told
    apart.
    """

    task: TaskId
    group: ChatId
    kind: Kind
    lead: float
    on_time: bool
    reviewed: bool
    returned: int
    parts: Mapping[Phase, float] = field(default_factory=dict)


def kind_of(serves: Sequence[LinkKind]) -> Kind:
    """What a task was given for; the first of the list above, where that is several things."""
    return next((kind for kind in Kind if kind.value in {one.value for one in serves}), Kind.PLAIN)


def course(ended: Ended, time: Worktime) -> Course:
    """How a task went, by the moments of its history. On time is judged by its submission, where it was submitted."""
    steps = sorted((one for one in ended.steps if one.what in MOVES), key=lambda one: one.at)
    happened = [one.what for one in steps]
    begin = time.position(ended.given_at)
    end = max(begin, time.position(ended.done_at))
    told_apart = Happening.ACCEPTED in happened or Happening.SUBMITTED in happened
    return Course(
        ended.task,
        ended.group,
        kind_of(ended.serves),
        end - begin,
        (ended.submitted_at or ended.done_at) <= ended.due_at,
        Happening.SUBMITTED in happened,
        happened.count(Happening.RETURNED),
        _parts(steps, begin, end, time) if told_apart else NOTHING,
    )


def _parts(steps: Sequence[Step], begin: float, end: float, time: Worktime) -> Mapping[Phase, float]:
    """The time from begin to end by what it went to; what is noted for a moment outside of it counts as its ends."""
    parts = dict.fromkeys(Phase, 0.0)
    happened = [one.what for one in steps]
    phase, place, returned = _at_first(happened), begin, False
    for number, one in enumerate(steps):
        here = min(end, max(place, time.position(one.at)))
        parts[phase] += here - place
        place, returned = here, returned or one.what is Happening.RETURNED
        phase = _after(one.what, happened[number + 1 :], phase, Phase.REWORK if returned else Phase.WORK)
    parts[phase] += end - place
    return parts


def _at_first(happened: Sequence[Happening]) -> Phase:
    """Waiting, if its owner said later that they do it; else nobody knows when they began: at once."""
    return Phase.START if _accepted_next(happened) else Phase.WORK


def _accepted_next(happened: Sequence[Happening]) -> bool:
    return next((one for one in happened if one in ACTS), None) is Happening.ACCEPTED


def _after(what: Happening, later: Sequence[Happening], phase: Phase, work: Phase) -> Phase:
    """What the time goes to once something has happened; `work` is first work or rework."""
    if what is Happening.SUBMITTED:
        return Phase.REVIEW
    if what is Happening.REASSIGNED:
        return Phase.START if _accepted_next(later) else phase
    return work


def courses(ended: Iterable[Ended], time: Worktime) -> list[Course]:
    """How tasks went. One that several people did together is one task."""
    seen: set[TaskId] = set()
    found = []
    for one in ended:
        if one.together:
            if one.batch in seen:
                continue
            seen.add(one.batch)
        found.append(course(one, time))
    return found


@dataclass(frozen=True, slots=True)
class Lean:
    """The figures of some tasks that were done.

    `lead` is the median in workdays: one task that lay for a year changes nothing. `apart` is how many can be told
    apart into `parts`, the sums of these in workdays. `returned` counts reviewed tasks that came back at least once.
    """

    done: int = 0
    on_time: int = 0
    lead: float = 0.0
    reviewed: int = 0
    returned: int = 0
    apart: int = 0
    parts: Mapping[Phase, float] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether there are so many that figures say something."""
        return self.done >= LEAST

    @property
    def enough_apart(self) -> bool:
        """The same for the parts of their time."""
        return self.apart >= LEAST and self.total > 0

    @property
    def total(self) -> float:
        """The lead time of all that can be told apart."""
        return sum(self.parts.values())

    def each(self, phase: Phase) -> float:
        """The mean time of a part, in workdays."""
        return self.parts.get(phase, 0.0) / self.apart if self.apart else 0.0

    def share(self, phase: Phase) -> int:
        """A part's share of the time, of a hundred."""
        return round(100 * self.parts.get(phase, 0.0) / self.total) if self.total else 0

    def value(self, gauge: Gauge) -> float | None:
        """A figure by its name; `None` where there are too few tasks for it."""
        if gauge is Gauge.LEAD:
            return self.lead if self.enough else None
        if gauge is Gauge.ON_TIME:
            return 100 * self.on_time / self.done if self.enough else None
        if gauge is Gauge.REWORK:
            return 100 * self.returned / self.reviewed if self.reviewed >= LEAST else None
        if not self.enough_apart:
            return None
        if gauge is Gauge.EFFICIENCY:
            return 100 * self.parts.get(Phase.WORK, 0.0) / self.total
        return self.each(Phase(gauge.value))

    @property
    def longest(self) -> Phase | None:
        """The part other than work that takes the most time; `None` where that is not known, or nothing waits."""
        if not self.enough_apart:
            return None
        worst = max((one for one in Phase if one is not Phase.WORK), key=lambda one: self.parts.get(one, 0.0))
        return worst if self.parts.get(worst, 0.0) > 0 else None


def figures(found: Sequence[Course]) -> Lean:
    """The figures of some tasks."""
    apart = [one for one in found if one.parts]
    reviewed = [one for one in found if one.reviewed]
    return Lean(
        len(found),
        sum(one.on_time for one in found),
        median(one.lead for one in found) if found else 0.0,
        len(reviewed),
        sum(one.returned > 0 for one in reviewed),
        len(apart),
        {phase: sum(one.parts[phase] for one in apart) for phase in Phase},
    )


def by_kind(found: Sequence[Course]) -> Mapping[Kind, Lean]:
    """The figures of each kind of which there is a task, in their order."""
    each = {kind: [one for one in found if one.kind is kind] for kind in Kind}
    return {kind: figures(own) for kind, own in each.items() if own}
