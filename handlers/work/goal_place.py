"""As whom somebody acts on goals in private: by their own roles, or as what they are in the home's group.

A group's administrators on the platform act as its secretary while none was named; in private they do so as well.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.people.permission import Area, Permission
from domain.work.goal import reading
from domain.work.goal.sight import home_of, may
from handlers import access

if TYPE_CHECKING:
    from domain.ids import GoalId
    from domain.people.actor import Actor
    from domain.work.features import Stores
    from domain.work.goal.reading import Place
    from handlers.context import Context

PLAN = Permission.PLAN_WORK


async def acting(context: Context, home: Area) -> Actor:
    """The sender as an actor for a home: in its group where they may plan there and not by themselves."""
    actor = context.actor
    if actor.chat.is_group or await context.read(lambda stores: may(stores, actor, PLAN, home)):
        return actor  # in a group one only looks
    there = await access.where_allowed(context, PLAN)
    return next((one for one in there if home in (home_of(one.chat), Area(group=one.chat.id))), actor)


async def of_goal(context: Context, number: GoalId) -> Actor:
    """The same for the home of a goal; the sender as they are where there is no such goal."""
    goal = await context.read(lambda stores: stores.goals.get(number))
    return context.actor if goal is None else await acting(context, goal.home)


async def planned(context: Context) -> list[Place]:
    """The homes of groups whose work the sender of a private message plans, whether they have goals or not."""
    there = await access.where_allowed(context, PLAN)
    homes = list(dict.fromkeys(home_of(one.chat) for one in there))
    return await context.read(partial(_places, homes=homes))


def _places(stores: Stores, *, homes: list[Area]) -> list[Place]:
    return [reading.place_of(stores, one) for one in homes]
