"""Goals in chat: /goal, the tree with its buttons, one goal, its history."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import BranchId, ChatId, GoalId
from domain.people.permission import Area, Permission
from domain.work.goal import monthly, reading
from domain.work.goal.sight import home_of
from handlers import pages
from handlers.access import TAKE_PART, Needs
from handlers.action import ButtonExpired
from handlers.arguments import after_command
from handlers.command import Command, Press
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.links import number_in
from handlers.work import goal_change, goal_forms, goal_importing, goal_pages, goal_place
from handlers.work.goal_pages import LINK
from language import amount

if TYPE_CHECKING:
    from telegram import Update

    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.goal.reading import Shown
    from handlers.context import Context

PLAN = Needs(Permission.PLAN_WORK, Permission.PLAN_WORK)  # who finds it in their menu; everybody may look
LAST_MONTH = 999_912  # of the calendar


async def show(_: Update, context: Context) -> None:
    """/goal: the goals here; in private of several homes one is chosen. /goal 12: one of them."""
    number = _number(after_command(context.text))
    if number is not None:
        await _show_goal(context, number)
        return
    if context.actor.chat.is_group:
        await _show_home(context, home_of(context.actor.chat))
        return
    found = await context.read(partial(reading.homes, actor=context.actor))
    own = await goal_place.planned(context)
    places = [*found, *(one for one in own if one not in found)]
    if len(places) == 1:
        await _show_home(context, places[0].home)
    else:
        await pages.show(context, lambda _: places, goal_pages.say_places)


def _number(words: str) -> GoalId | None:
    found = amount.numbered(words)
    return None if found is None else GoalId(found)


async def _show_home(context: Context, home: Area) -> None:
    actor = await goal_place.acting(context, home)
    await pages.show(
        context,
        partial(_home, actor=actor, home=home, year=None),
        partial(goal_pages.say_home, chat=context.actor.chat),
    )


async def press_home(_: Update, context: Context) -> None:
    """Button: the tree of a home in a year."""
    home, year = _pressed_home(context)
    actor = await goal_place.acting(context, home)
    use_case = partial(_home, actor=actor, home=home, year=year)
    await pages.turn(context, use_case, partial(goal_pages.say_home, chat=context.actor.chat))


def _pressed_home(context: Context) -> tuple[Area, int]:
    """A home and a year or month. Raises ButtonExpired for what is none."""
    branch, group, year = context.pressed.numbers(3)
    if bool(branch) == bool(group) or year > LAST_MONTH:
        raise ButtonExpired
    return (Area(branch=BranchId(branch)) if branch else Area(group=ChatId(group))), year


def _home(stores: Stores, *, actor: Actor, home: Area, year: int | None) -> Shown:
    return reading.show(stores, actor, home=home, year=year)


async def _show_goal(context: Context, number: GoalId) -> None:
    actor = await goal_place.of_goal(context, number)
    await pages.show(
        context,
        partial(reading.open_, actor=actor, number=number),
        partial(goal_pages.say_goal, chat=context.actor.chat),
    )


async def press_open(_: Update, context: Context) -> None:
    """Button: one goal with what stands below it."""
    number = GoalId(context.pressed.numbers(1)[0])
    actor = await goal_place.of_goal(context, number)
    use_case = partial(reading.open_, actor=actor, number=number)
    await pages.turn(context, use_case, partial(goal_pages.say_goal, chat=context.actor.chat))


async def press_picture(_: Update, context: Context) -> None:
    """Button: the tree of a year as a picture, in a message of its own."""
    home, year = _pressed_home(context)
    use_case = partial(_home, actor=context.actor, home=home, year=year)
    await context.answer(use_case, goal_pages.say_picture)
    context.acknowledge()


async def press_month(_: Update, context: Context) -> None:
    """Button: the report of a month, in a message of its own."""
    home, month = _pressed_home(context)
    try:
        first = date(month // 100, month % 100, 1)
    except ValueError as error:
        raise ButtonExpired from error
    await context.answer(partial(monthly.report, actor=context.actor, home=home, first=first), goal_pages.say_month)
    context.acknowledge()


async def press_history(_: Update, context: Context) -> None:
    """Button: what has become of a goal."""
    number = GoalId(context.pressed.numbers(1)[0])
    await pages.turn(context, partial(reading.past, actor=context.actor, number=number), goal_pages.say_history)


async def start(context: Context, payload: str) -> bool:
    """A deep link to a goal (`goal_12`) or a home (`goal_b7`, `goal_h5`), in private. Whether it was one."""
    goal, branch, group = (number_in(payload, LINK + kind) for kind in ("", "b", "h"))
    if context.actor.chat.is_group:
        return False
    if goal is not None:
        await _show_goal(context, GoalId(goal))
    elif branch is not None:
        await _show_home(context, Area(branch=BranchId(branch)))
    elif group is not None:
        await _show_home(context, Area(group=ChatId(group)))
    else:
        return False
    return True


FEATURE = Feature(
    "goal",
    handlers=(
        Command("goal", show, TAKE_PART),
        Press("goal.home", press_home),
        Press("goal.open", press_open),
        Press("goal.history", press_history),
        Press("goal.picture", press_picture),
        Press("goal.month", press_month),
        *goal_change.PRESSES,
        *goal_importing.PRESSES,
    ),
    entries=(Entry("goal", "goal", PLAN, 14, frozenset({Audience.SECRETARIES}), help=Help(14, Section.IN_CHARGE)),),
    start=start,
    forms=(*goal_forms.FORMS, goal_importing.FORM),
    takes=goal_importing.take,
)
