"""The card of a run: where it stands, who does what until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.ids import RunId
from domain.messaging.message import Button, DeepLink, Message
from domain.work.procedure.model import RunState, StepState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.message import Buttons, Subject
    from domain.people.member import Member
    from domain.work.features import Stores
    from domain.work.procedure.model import Run, RunStep
    from domain.work.task import Task

LINK = "retro_"  # the payload of the deep link to a run's retrospect
ALL_SHOWN = 12  # steps; of more the card tells the first that have ended and the last that wait by their number
COMING = 3  # waiting steps that a card of many steps names
ENDED_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A step on a card: its number from 1, and while it is open its tasks."""

    number: int
    step: RunStep
    tasks: Sequence[Task] = ()

    @property
    def owners(self) -> list[Member]:
        """Who does it."""
        return list({one.owner.id: one.owner for one in self.tasks}.values())

    @property
    def task(self) -> Task | None:
        """The task that shows how near its deadline is."""
        return self.tasks[0] if self.tasks else None


@dataclass(frozen=True, slots=True)
class Card:
    """A run as its card shows it; `before` and `after` are how many steps it leaves out above and below."""

    run: Run
    lines: Sequence[Line]
    before: int
    after: int


def whole(stores: Stores, run: Run) -> Card:
    """A run with all its steps."""
    return Card(run, [Line(number, one, _tasks(stores, one)) for number, one in enumerate(run.steps, 1)], 0, 0)


def shown(stores: Stores, run: Run) -> Card:
    """A run with what its card names."""
    every = whole(stores, run)
    lines = every.lines
    if len(lines) <= ALL_SHOWN:
        return every
    first = max(0, run.at_step - 1 - ENDED_SHOWN)
    last = max((line.number for line in lines if line.step.state is not StepState.WAITING), default=0) + COMING
    return Card(run, lines[first:last], first, len(lines[last:]))


def _tasks(stores: Stores, step: RunStep) -> Sequence[Task]:
    return stores.tasks.linked_to(step.link) if step.state is StepState.OPEN else ()


def drawn(stores: Stores, run: Run, at: datetime) -> Message:
    """The card of a run. One that is done has a link by which who has started it looks back."""
    return Message("procedure.card", {"card": shown(stores, run), "at": at}, _buttons(stores, run), run.card)


def _buttons(stores: Stores, run: Run) -> Buttons:
    if run.state is not RunState.DONE or stores.lessons.of_run(run.id) is not None:
        return ()
    return [[Button("procedure.retro_button", DeepLink(f"{LINK}{run.id}"))]]


def current_card(stores: Stores, about: Subject, at: datetime) -> Message | None:
    """The card as it is now."""
    run = stores.procedures.run(RunId(about.ids[0]))
    return drawn(stores, run, at) if run else None


def refresh(stores: Stores, run: Run, at: datetime, cause: str) -> None:
    """Show on the card what has changed; `cause` is unique."""
    stores.outbox.refresh(run.card, key=f"{run.card}:{cause}:{at.timestamp()}")
