"""What the forms of goals share: the goal that a draft is about, its home, days, and the page at the end."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.ids import BranchId, ChatId, GoalId
from domain.messaging.message import Subject
from domain.people.permission import Area
from domain.work.goal import reading
from domain.work.goal.model import GoalNotFound
from handlers import pages
from handlers.arguments import working
from handlers.form import Told
from handlers.work import goal_pages, goal_reading

if TYPE_CHECKING:
    from domain.work.features import Stores
    from domain.work.goal.model import Goal
    from handlers.context import Context
    from handlers.form import Filled

GOAL, HOME = "goal", "home"  # keys of a draft


def keep_home(home: Area) -> str:
    """A home as a draft keeps it: `b7` or `g5`."""
    return f"b{home.branch}" if home.branch is not None else f"g{home.group}"


def load_home(kept: str) -> Area:
    """What a draft has kept."""
    number = int(kept[1:])
    return Area(branch=BranchId(number)) if kept.startswith("b") else Area(group=ChatId(number))


def home_in(stores: Stores, filled: Filled) -> Area:
    """Whose goal a draft is about."""
    kept = filled.draft.values.get(HOME)
    return goal_of(stores, filled).home if kept is None else load_home(kept)


def goal_of(stores: Stores, filled: Filled) -> Goal:
    """The goal that a draft is about. Raises GoalNotFound."""
    found = stores.goals.get(GoalId(int(filled.draft.values[GOAL])))
    if found is None:
        raise GoalNotFound
    return found


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


async def spoken_day(context: Context) -> date:
    """The day that somebody has typed. Raises BadArguments."""
    return goal_reading.day(context.text, context.actor.chat, context.now, await working(context))


def tell(stores: Stores, context: Context, filled: Filled, number: GoalId) -> Told:
    """Show a goal to whoever has filled in a form about it, in the chat where they did."""
    chat = stores.chats.get(filled.draft.chat)
    opened = reading.open_(stores, context.actor, number=number)
    page = replace(goal_pages.say_goal(opened, chat=chat), subject=Subject(pages.PAGE, context.update_id))
    stores.outbox.send(chat.id, page, key=context.key, urgent=True)
    return Told()
