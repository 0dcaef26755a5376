"""Tasks on time: of those that were due in a period and given by somebody else, how many were ready by their deadline.

What is done when the period ends does not change any more; the store counts it. What was not done then is looked at as
it was, by its history: its deadline may have been moved, its owner changed, since.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from domain.ids import BranchId, MemberId, PersonId
from domain.life.evaluation.indicator.model import EVERYWHERE, NOTHING, Entry, Page, Tally, Window, Word, cut, figure
from domain.life.evaluation.indicator.reading import Source
from domain.life.evaluation.indicator.tree import figures, meant
from domain.work.task import Happening
from domain.work.task.changes import MEMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from domain.life.evaluation.indicator.counted import Late, Stay
    from domain.life.evaluation.indicator.model import Asked, Figure, Whose
    from domain.life.features import Stores

TASKS = Word("tasks_on_time")
READY = (Happening.SUBMITTED, Happening.DONE)
BACK = (Happening.RETURNED, Happening.REOPENED, Happening.REASSIGNED)


class Then(NamedTuple):
    """A task as it was at a moment: who had it, when it was due, and when its owner was ready, if they were."""

    owner: MemberId
    due_at: datetime
    ready_at: datetime | None

    @property
    def on_time(self) -> bool:
        """Whether it was ready by its deadline."""
        return self.ready_at is not None and self.ready_at <= self.due_at


def as_of(task: Late, until: datetime) -> Then:
    """A task as it was just before a moment."""
    due_at, owner, ready = task.due_at, task.owner, None
    for what, at, note in reversed(task.events):  # from today back to that moment
        if at >= until:
            first = note.partition(" ")[0]
            if what is Happening.POSTPONED and first:
                due_at = datetime.fromisoformat(first)
            if what is Happening.REASSIGNED and first:
                owner = MemberId(int(first.removeprefix(MEMBER)))
    for what, at, _ in task.events:
        if at < until and what in BACK:
            ready = None
        elif at < until and what in READY:
            ready = at if what is Happening.SUBMITTED or ready is None else ready
    return Then(owner, due_at, ready)


class Placed(NamedTuple):
    """A line with the person and the branch that it counts for."""

    person: PersonId
    entry: Entry


def _late(stores: Stores, asked: Asked) -> list[Placed]:
    period = asked.period
    stays: defaultdict[MemberId, list[Stay]] = defaultdict(list)
    for one in stores.indicators.stays(period, asked.within):
        if one.member is not None:
            stays[one.member].append(one)
    found = []
    for task in stores.indicators.late_tasks(period, None if asked.within == EVERYWHERE else stays):
        then = as_of(task, period.until)
        if then.owner == task.giver:
            continue  # one's own
        for stay in stays.get(then.owner, ()):
            if stay.since <= then.due_at < stay.until:
                part, about = Fraction(int(then.on_time)), f"task:{task.task}"
                found.append(
                    Placed(stay.person, Entry(stay.branch, then.due_at, task.title, stay.name, part, 1, about))
                )
    return found


def _together(
    known: Mapping[Whose, Tally], late: Sequence[Placed], whose: Callable[[Placed], Whose | None]
) -> dict[Whose, Tally]:
    own = defaultdict(lambda: NOTHING, known)
    for one in late:
        key = whose(one)
        if key is not None:
            own[key] += Tally(one.entry.part, one.entry.of)
    return own


def _branch(one: Placed) -> BranchId | None:
    return one.entry.branch


def _person(one: Placed) -> PersonId | None:
    return one.person


def _both(done: Page, late: Sequence[Entry], window: Window) -> Page:
    """A page of what the store has listed from the first on, and of the rest."""
    page = cut([*done.entries, *late], window)
    return Page(page.entries, done.total + len(late))


def _read(stores: Stores, asked: Asked) -> Mapping[BranchId, Figure]:
    done = stores.indicators.counted(TASKS, asked.period, asked.within)
    return figures(stores, _together(done, _late(stores, asked), _branch), asked)


def _entries(stores: Stores, branch: BranchId, asked: Asked, window: Window) -> Page:
    branches = meant(stores, branch, asked)
    late = [one.entry for one in _late(stores, asked) if one.entry.branch in branches]
    done = stores.indicators.listed(TASKS, branches, asked, Window(0, window.end))
    return _both(done, late, window)


def _read_people(stores: Stores, asked: Asked) -> Mapping[PersonId, Figure]:
    done = stores.indicators.counted_people(TASKS, asked.period, asked.within)
    own = _together(done, _late(stores, asked), _person)
    return {one: figure(tally) for one, tally in own.items()}


def _entries_of_person(stores: Stores, person: PersonId, asked: Asked, window: Window) -> Page:
    late = [one.entry for one in _late(stores, asked) if one.person == person]
    done = stores.indicators.listed_people(TASKS, {person}, asked, Window(0, window.end))
    return _both(done, late, window)


BRANCHES, PEOPLE = Source(_read, _entries), Source(_read_people, _entries_of_person)
