"""Whether the day of joining the Party may be kept: the buttons on today's card."""

from functools import partial

from telegram import Update

from domain.admin.setting import Marking
from domain.messaging.message import Text
from domain.people.permission import Permission
from domain.points import anniversary
from handlers.command import Press
from handlers.context import Context
from handlers.feature import Feature


async def press_choose(_: Update, context: Context) -> None:
    """Button: who may hear of the day."""
    marking = context.pressed.having(1).member(Marking)
    await context.notify(partial(anniversary.choose, actor=context.actor, marking=marking), notice_chosen)


def notice_chosen(marking: Marking) -> Text:
    """The notice after a choice."""
    return Text("anniversary.chosen_toast", {"marking": marking})


FEATURE = Feature("anniversary", handlers=(Press("anniversary.choose", press_choose, Permission.SEE_OWN),))
