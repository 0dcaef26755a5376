"""Tasks on today's card: one's own open ones, the next deadline first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.messaging.message import Action, Button, Text
from domain.today import Part
from domain.work.task.rules import lit
from domain.work.task.service import own_begun

if TYPE_CHECKING:
    from domain.people.actor import Actor
    from domain.work.features import Stores

SHOWN = 3  # tasks; /tasks shows the others


def tell(stores: Stores, actor: Actor) -> Part | None:
    """The tasks that come first, each with its button."""
    own = own_begun(stores, actor)
    if not own.tasks:
        return None
    tasks = lit(stores, own.tasks[:SHOWN])
    values = {"tasks": tasks, "more": len(own.tasks) - len(tasks) + own.more, "at": actor.now}
    return Part(
        Text("task.today", values),
        [[Button("task.choose_button", Action("task.done", one.id), {"task": one})] for one in tasks],
    )
