"""The groups whose study days somebody plans."""

from domain.people.actor import Actor
from domain.study.day.planning import PLAN
from handlers import access
from handlers.access import NotSureWho
from handlers.action import ButtonExpired
from handlers.context import Context


async def manages(context: Context) -> bool:
    """Whether the sender plans the days of any group; not where the platform cannot be asked just now."""
    try:
        return bool(await access.where_allowed(context, PLAN))
    except NotSureWho:
        return False


async def planner(context: Context, group: int) -> Actor:
    """The presser as an actor in the group that a button names, in private alone.

    Raises ButtonExpired for a group of others.
    """
    if context.actor.chat.is_group:
        raise ButtonExpired
    there = await access.where_allowed(context, PLAN)
    chosen = next((one for one in there if one.group.id == group), None)
    if chosen is None:
        raise ButtonExpired
    return chosen
