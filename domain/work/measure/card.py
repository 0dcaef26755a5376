"""The message that asks what becomes of a measure, and the buttons under a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Message, Subject
from domain.work.measure.model import CHOICES, Measure, State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from domain.messaging.message import Buttons
    from domain.work.features import Stores


def subject_of(measure: Measure) -> Subject:
    """What the message that asks is about."""
    return Subject("measure", measure.id)


def card(measure: Measure) -> Message:
    """The message to who answers for a measure, on the day of its check and after."""
    return Message("measure.check", {"measure": measure}, buttons(measure), subject_of(measure))


def buttons(measure: Measure) -> Buttons:
    """What can be done with a measure: report the figure, decide; after 再改 the next round."""
    if measure.state is State.REVISED:
        return [[Button("measure.again_button", Action("measure.again", measure.id))]]
    if not measure.is_open:
        return ()
    rows: list[Sequence[Button]] = []
    if measure.gauge is None:
        rows.append([Button("measure.report_button", Action("measure.report", measure.id))])
    elif measure.state is State.RUNNING:
        rows.append([Button("measure.check_button", Action("measure.check", measure.id))])
    choices = CHOICES if measure.state is State.DUE else (State.DROPPED,)
    rows.append(
        [
            Button("measure.decide_button", Action("measure.decide", measure.id, one.value), {"choice": one})
            for one in choices
        ]
    )
    return rows


def redraw(stores: Stores, measure: Measure, at: datetime) -> None:
    """Let the message that asks show how the measure stands, where there is one."""
    about = subject_of(measure)
    stores.outbox.edit(about, card(measure), key=f"{about}:{measure.state}:{at.timestamp()}")
