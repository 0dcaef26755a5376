"""A task from a measure: the form of /task with the measure's words, and a link between both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeasureId
from domain.people.permission import Permission
from domain.work.measure import service as measure
from domain.work.task import Plan
from handlers.form import Ending, Filled, Form
from handlers.work import linked_task
from handlers.work.measure_check import NUMBER
from handlers.work.task_form import DUE, OWNERS, PLAN, WHAT, preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from handlers.context import Context


def known(stores: Stores, actor: Actor, *, number: MeasureId) -> Mapping[str, str]:
    """What the form knows from a measure of the actor's group. Raises MeasureNotFound, AlreadyDecided."""
    found = measure.undecided(stores, actor, number=number)
    return {NUMBER: str(number), WHAT.name: PLAN.keep(Plan(found.text))}


async def give(context: Context, filled: Filled) -> Ending:
    """Give tasks that serve it. Raises AskAgain if the deadline has passed meanwhile."""
    number = MeasureId(int(filled.draft.values[NUMBER]))
    return linked_task.given(context, filled, partial(measure.give_task, number=number))


FORM = Form("measure_task", (OWNERS, DUE, WHAT), Permission.GIVE_TASKS, give, preview, for_groups=True)
