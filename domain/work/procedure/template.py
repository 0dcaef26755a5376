"""What a procedure is: its steps, when each is due, what it waits for; and what may be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_TITLE_CHARS = 40
MAX_SOURCE_CHARS = 300
MAX_ABOUT_CHARS = 20
MAX_STEPS = 40
MAX_KEY_CHARS = 12
MAX_STEP_CHARS = 60
MAX_WHO_CHARS = 20
MAX_PART_CHARS = 500
MAX_DAYS = 1100  # three years: a probationary member's term, prolonged


class Anchor(StrEnum):
    """From what the days of a step are counted."""

    START = "start"  # so many days after the run has begun
    TURN = "turn"  # so many days after all is done that it waits for
    BEFORE = "before"  # so many days before the event
    AFTER = "after"  # so many days after the event


OF_EVENT = frozenset({Anchor.BEFORE, Anchor.AFTER})


class Wrong(StrEnum):
    """What may be wrong with a procedure."""

    NO_TITLE = "no_title"
    TOO_LONG = "too_long"  # the detail is the field
    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    NO_KEY = "no_key"
    TWICE = "twice"  # two steps of one key
    NO_STEP_TITLE = "no_step_title"
    NO_WHO = "no_who"
    DAYS = "days"  # out of range
    UNKNOWN_STEP = "unknown_step"  # it waits for a step that is not there
    CYCLE = "cycle"  # the detail names the steps in their order


@dataclass(frozen=True, slots=True)
class Step:
    """A step. `who` is a role, in the words of a roster (组织委员); `days` are calendar days from the `anchor`.

    `check` is by what its result is judged, `reviewer` the role of who judges it, `waits` the keys of the steps that
    must be done before its turn comes.
    """

    key: str
    title: str
    who: str
    anchor: Anchor = Anchor.TURN
    days: int = 3
    outcome: str = ""
    check: str = ""
    reviewer: str = ""
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A template. `source` says what it follows; `about` is what each run is about (发展对象), where it has to say."""

    title: str
    steps: tuple[Step, ...]
    source: str = ""
    about: str = ""

    @property
    def has_event(self) -> bool:
        """Whether steps are counted from the day of an event, which a run then has to know."""
        return any(one.anchor in OF_EVENT for one in self.steps)

    def step(self, key: str) -> Step:
        """The step of a key. Raises KeyError."""
        return next((one for one in self.steps if one.key == key), None) or _missing(key)


def _missing(key: str) -> Step:
    raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: with the step at a place from 1, or (0) with the whole."""

    step: int
    wrong: Wrong
    detail: str = ""


class WrongProcedure(ValueError):  # noqa: N818 - named for what it is
    """A procedure that nobody could follow."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{one.step}: {one.wrong}" for one in faults))
        self.faults = faults


def check(procedure: Procedure) -> Procedure:
    """The same procedure. Raises WrongProcedure with all that is wrong."""
    faults = list(faults_of(procedure))
    if faults:
        raise WrongProcedure(faults)
    return procedure


def faults_of(procedure: Procedure) -> Iterator[Fault]:
    """All that is wrong; circles are looked for where every step has a key of its own."""
    yield from _of_head(procedure)
    if not procedure.steps:
        yield Fault(0, Wrong.NO_STEPS)
    elif len(procedure.steps) > MAX_STEPS:
        yield Fault(0, Wrong.TOO_MANY_STEPS, str(MAX_STEPS))
    seen: set[str] = set()
    known = {one.key for one in procedure.steps}
    for place, step in enumerate(procedure.steps, 1):
        yield from _of_step(place, step, known)
        if step.key in seen:
            yield Fault(place, Wrong.TWICE, step.key)
        seen.add(step.key)
    circle = cycle(procedure.steps) if len(known) == len(procedure.steps) else []
    if circle:
        yield Fault(place_of(procedure.steps, circle[0]), Wrong.CYCLE, " → ".join(one.title for one in circle))


def _of_head(procedure: Procedure) -> Iterator[Fault]:
    if not procedure.title:
        yield Fault(0, Wrong.NO_TITLE)
    limits = {"title": MAX_TITLE_CHARS, "source": MAX_SOURCE_CHARS, "about": MAX_ABOUT_CHARS}
    yield from (Fault(0, Wrong.TOO_LONG, name) for name, most in limits.items() if len(getattr(procedure, name)) > most)


LIMITS: Mapping[str, int] = {
    "key": MAX_KEY_CHARS,
    "title": MAX_STEP_CHARS,
    "who": MAX_WHO_CHARS,
    "outcome": MAX_PART_CHARS,
    "check": MAX_PART_CHARS,
    "reviewer": MAX_WHO_CHARS,
}


def _of_step(place: int, step: Step, known: set[str]) -> Iterator[Fault]:
    if not step.key:
        yield Fault(place, Wrong.NO_KEY)
    if not step.title:
        yield Fault(place, Wrong.NO_STEP_TITLE)
    if not step.who:
        yield Fault(place, Wrong.NO_WHO)
    yield from (Fault(place, Wrong.TOO_LONG, name) for name, most in LIMITS.items() if len(getattr(step, name)) > most)
    if not 0 <= step.days <= MAX_DAYS:
        yield Fault(place, Wrong.DAYS, str(step.days))
    yield from (Fault(place, Wrong.UNKNOWN_STEP, key) for key in step.waits if key not in known)


def place_of(steps: Sequence[Step], step: Step) -> int:
    """The place of a step, from 1."""
    return steps.index(step) + 1


def cycle(steps: Sequence[Step]) -> list[Step]:
    """Steps that wait for each other in a circle, the first again at the end; none where every step gets its turn."""
    by_key = {one.key: one for one in steps}
    left = {one.key: {key for key in one.waits if key in by_key} for one in by_key.values()}
    while ready := [key for key, waits in left.items() if not waits]:
        for key in ready:
            del left[key]
        for waits in left.values():
            waits.difference_update(ready)
    return [by_key[key] for key in _circle(left)]


def _circle(left: Mapping[str, set[str]]) -> list[str]:
    """A circle among steps of which each waits for another one of them, in the order of the work."""
    if not left:
        return []
    path = [next(iter(left))]
    while (before := min(left[path[-1]])) not in path:
        path.append(before)
    return [before, *reversed(path[path.index(before) :])]
