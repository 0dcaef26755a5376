"""A task from a measure: the form of /task with the measure's words, and a link between both."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import MeasureId
from domain.people.permission import Permission
from domain.work import task
from domain.work.measure import service as measure
from domain.work.task import Given, Link, LinkKind, Plan
from handlers.arguments import BadArguments
from handlers.form import AskAgain, Ending, Filled, Form, ending
from handlers.work.measure_check import NUMBER
from handlers.work.task_form import DUE, OWNERS, PLAN, WHAT, call_owners, preview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from domain.people.actor import Actor
    from domain.people.naming import Chosen
    from domain.work.features import Stores
    from handlers.context import Context


def known(stores: Stores, actor: Actor, *, number: MeasureId) -> Mapping[str, str]:
    """What the form knows from a measure of the actor's group. Raises MeasureNotFound, AlreadyDecided."""
    found = measure.undecided(stores, actor, number=number)
    return {NUMBER: str(number), WHAT.name: PLAN.keep(Plan(found.text))}


async def give(context: Context, filled: Filled) -> Ending:
    """Give the task and link it. Raises AskAgain if the deadline has passed meanwhile."""
    if filled[DUE] <= context.now:
        raise AskAgain(DUE, BadArguments("task.past_deadline"))
    use_case = partial(
        _give,
        actor=context.actor,
        owners=filled[OWNERS],
        plan=filled[WHAT],
        due_at=filled[DUE],
        source=f"draft:{filled.draft.id}",
        number=MeasureId(int(filled.draft.values[NUMBER])),
    )
    return ending(use_case, call_owners)


def _give(
    stores: Stores,
    *,
    actor: Actor,
    owners: tuple[Chosen, ...],
    plan: Plan,
    due_at: datetime,
    source: str,
    number: MeasureId,
) -> Given:
    measure.undecided(stores, actor, number=number)
    given = task.give(stores, actor, mentions=owners, plan=plan, due_at=due_at, source=source)
    stores.tasks.link(given.task.batch, Link(LinkKind.MEASURE, number))
    return given


FORM = Form("measure_task", (OWNERS, DUE, WHAT), Permission.GIVE_TASKS, give, preview, for_groups=True)
