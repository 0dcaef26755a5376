"""The message that asks what becomes of a measure, and the buttons under a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject
from domain.work.measure.model import CHOICES, Measure, Shown, State
from domain.work.task import Link, LinkKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.message import Buttons
    from domain.work.features import Stores

ROUNDS = 5


def subject_of(measure: Measure) -> Subject:
    """What the messages that show a measure are about."""
    return Subject("measure", measure.id)


def shown(stores: Stores, measure: Measure) -> Shown:
    """A measure with the rounds before it, the newest first, and how far its tasks are."""
    earlier: list[Measure] = []
    last: Measure | None = measure
    while last is not None and last.previous is not None and len(earlier) < ROUNDS:
        last = stores.measures.get(last.previous)
        earlier += [last] if last else []
    tasks = stores.tasks.linked_to(Link(LinkKind.MEASURE, measure.id))
    return Shown(measure, earlier, len(tasks), sum(one.done_at is not None for one in tasks))


def card(stores: Stores, measure: Measure) -> Message:
    """A measure, and what can be done with it; on the day of its check this is what asks."""
    return Message("measure.card", {"shown": shown(stores, measure)}, buttons(measure), subject_of(measure))


def buttons(measure: Measure) -> Buttons:
    """What can be done with a measure: report the figure, give a task, decide; after 再改 the next round."""
    if measure.state is State.REVISED:
        return [[Button("measure.again_button", Action("measure.again", measure.id))]]
    if not measure.is_open:
        return ()
    rows: list[Sequence[Button]] = []
    if measure.gauge is None:
        rows.append([Button("measure.report_button", Action("measure.report", measure.id))])
    elif measure.state is State.RUNNING:
        rows.append([Button("measure.check_button", Action("measure.check", measure.id))])
    rows.append([Button("measure.task_button", Action("measure.task", measure.id))])
    choices = CHOICES if measure.state is State.DUE else (State.DROPPED,)
    rows.append(
        [
            Button("measure.decide_button", Action("measure.decide", measure.id, one.value), {"choice": one})
            for one in choices
        ]
    )
    return rows


def refresh_card(stores: Stores, measure: Measure, at: datetime) -> None:
    """Let the messages that show a measure show how it stands now."""
    about = subject_of(measure)
    stores.outbox.edit(about, card(stores, measure), key=f"{about}:{measure.state}:{at.timestamp()}")
