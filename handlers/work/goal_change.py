"""The buttons in private that change goals: 报进度, 布置任务, 调整, 加下级目标, 恢复."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import BranchId, ChatId, GoalId
from domain.messaging.message import Action, Button, Message
from domain.people.permission import Area, Permission
from domain.work.goal import reading, service
from domain.work.goal.sight import is_within, require_planning, seen
from handlers import access, pages
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.messaging import asking
from handlers.work import goal_forms, goal_pages, goal_place, goal_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.goal.reading import Opened
    from handlers.context import Context
    from handlers.form import Form

PLAN, GIVE = Permission.PLAN_WORK, Permission.GIVE_TASKS


async def begin(context: Context, form_: Form, actor: Actor, values: Mapping[str, str]) -> None:
    """Begin a form in private, as an actor in a group where that is whom the sender acts as."""
    place = {asking.PLACE: str(actor.chat.id)} if actor.chat.is_group else {}
    await context.run(partial(asking.begin, context=context, form=form_, values={**values, **place}))
    context.acknowledge()


async def press_add(_: Update, context: Context) -> None:
    """Button: add a goal to a home, or below another goal."""
    branch, group, above = context.pressed.numbers(3)
    if above:
        actor = await goal_place.of_goal(context, GoalId(above))
        known = await context.read(partial(goal_forms.below, actor=actor, above=GoalId(above)))
    else:
        home = Area(branch=BranchId(branch)) if branch else Area(group=ChatId(group))
        actor = await goal_place.acting(context, home)
        await context.read(partial(_check, actor=actor, home=home))
        known = goal_forms.at_the_top(home)
    await begin(context, goal_forms.ADD, actor, known)


def _check(stores: Stores, *, actor: Actor, home: Area) -> None:
    """Raises ButtonExpired for a home that is none, NotAllowed for another's."""
    found = stores.branches.find(home.branch) if home.branch else stores.chats.look_up(home.group or ChatId(0))
    if found is None:
        raise ButtonExpired
    require_planning(stores, actor, home)


async def press_report(_: Update, context: Context) -> None:
    """Button: report what was reached."""
    number = GoalId(context.pressed.numbers(1)[0])
    actor = await goal_place.of_goal(context, number)
    await context.read(partial(service.reportable, actor=actor, number=number))
    await begin(context, goal_forms.REPORT, actor, {goal_forms.GOAL: str(number)})


async def press_adjust(_: Update, context: Context) -> None:
    """Button: adjust a goal."""
    number = GoalId(context.pressed.numbers(1)[0])
    actor = await goal_place.of_goal(context, number)
    await context.read(partial(service.plannable, actor=actor, number=number))
    await begin(context, goal_forms.ADJUST, actor, {goal_forms.GOAL: str(number)})


async def press_restore(_: Update, context: Context) -> None:
    """Button: take back that a goal was dropped."""
    number = GoalId(context.pressed.numbers(1)[0])
    actor = await goal_place.of_goal(context, number)

    def unit(stores: Stores) -> Opened:
        service.restore(stores, actor, number=number)
        return reading.open_(stores, actor, number=number)

    await pages.turn(context, unit, partial(goal_pages.say_goal, chat=context.actor.chat))


async def press_give(_: Update, context: Context) -> None:
    """Button: give a task for a goal, in a group of its branch or below; of several one is chosen."""
    number, chosen = context.pressed.numbers(2)
    there = await _groups(context, GoalId(number))
    found = [one for one in there if not chosen or one.chat.id == chosen]
    if not found:
        raise ButtonExpired if chosen else goal_task.NoGroup
    if len(found) > 1:
        await pages.show(context, lambda _: found, partial(_say_groups, number=number))
        context.acknowledge()
        return
    known = await context.read(partial(goal_task.known, actor=found[0], number=GoalId(number)))
    await begin(context, goal_task.FORM, found[0], known)


async def _groups(context: Context, number: GoalId) -> list[Actor]:
    """The sender as an actor in each group where a task for a goal can be given. Raises GoalNotFound."""
    actor = await goal_place.of_goal(context, number)
    goal = await context.read(lambda stores: seen(stores, actor, number))
    there = await access.where_allowed(context, GIVE)

    def within(stores: Stores) -> list[Actor]:
        return [one for one in there if is_within(stores, Area(group=one.chat.id), goal.home)]

    return await context.read(within)


def _say_groups(found: list[Actor], *, number: int) -> Message:
    rows = [
        [Button("draft.group_button", Action("goal.give", number, one.chat.id), {"group": one.chat})]
        for one in found[:12]
    ]
    return Message("goal.which_group", {}, rows)


PRESSES = (
    PrivatePress("goal.add", press_add),
    PrivatePress("goal.report", press_report),
    PrivatePress("goal.adjust", press_adjust),
    PrivatePress("goal.restore", press_restore),
    PrivatePress("goal.give", press_give),
)
