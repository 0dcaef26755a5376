"""A task from a goal: the form of /task, already filled in from the goal, and a link between both."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from domain.admin import setting
from domain.ids import GoalId
from domain.people.naming import Chosen, Kind
from domain.people.permission import Permission, is_part_of
from domain.refusal import Helper, Refusal
from domain.work.goal import service as goals
from domain.work.goal.sight import seen
from domain.work.task import Plan
from handlers.form import MOMENT, Ending, Filled, Form
from handlers.work import linked_task
from handlers.work.task_form import DUE, OWNERS, PLAN, WHAT, preview

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.goal.model import Goal
    from handlers.context import Context

GOAL = "goal"  # the draft's key


class NoGroup(Refusal):
    """Tasks are given in groups, and there is none of the goal's branch where one may."""

    text = "goal.no_group"
    helper = Helper.SECRETARY


def known(stores: Stores, actor: Actor, *, number: GoalId) -> Mapping[str, str]:
    """What the form knows from the goal: its owner where they are of the group, its last day if to come, its title."""
    goal = seen(stores, actor, number)
    filled = {GOAL: str(number), WHAT.name: PLAN.keep(Plan(goal.title))}
    if goal.owner is not None and is_part_of(stores, goal.owner.id, actor.chat):
        filled[OWNERS.name] = OWNERS.codec.keep((Chosen(Kind.MEMBER, goal.owner.id),))
    due_at = _due(stores, actor, goal)
    if due_at > actor.now:
        filled[DUE.name] = MOMENT.keep(due_at)
    return filled


def _due(stores: Stores, actor: Actor, goal: Goal) -> datetime:
    """The end of the goal's last day, in the group."""
    ends = setting.day_end_of(stores, actor.chat)
    return datetime.combine(goal.due, ends, ZoneInfo(actor.chat.zone))


async def give(context: Context, filled: Filled) -> Ending:
    """Give tasks that serve it. Raises AskAgain if the deadline has passed meanwhile."""
    number = GoalId(int(filled.draft.values[GOAL]))
    return linked_task.given(context, filled, partial(goals.give_task, number=number))


FORM = Form("goal_task", (OWNERS, DUE, WHAT), Permission.GIVE_TASKS, give, preview, for_groups=True)
