"""The calendar of the coming two weeks in chat: /upcoming, and plain words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.life import upcoming
from domain.messaging.message import Action, Message
from domain.people.permission import Permission
from handlers import access, pages
from handlers.access import TAKE_PART
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.upcoming import Calendar
    from handlers.context import Context

PLAN = Permission.PLAN_WORK


async def show(_: Update, context: Context) -> None:
    """/upcoming: in a group its two weeks, in place of those before; in private one's own and those of one's groups."""
    if context.actor.chat.is_group:
        await context.run(partial(upcoming.post, actor=context.actor, key=context.key))
        return
    led = await access.where_allowed(context, PLAN)
    await pages.show(context, partial(upcoming.own, actor=context.actor, led=led), say_own)


async def press_page(_: Update, context: Context) -> None:
    """Button: from another line on."""
    offset = context.pressed.having(1).number()
    led = await access.where_allowed(context, PLAN)
    await pages.turn(context, partial(upcoming.own, actor=context.actor, led=led, offset=offset), say_own)


def say_own(found: Calendar) -> Message:
    """A page of one's own calendar."""
    further = found.offset + upcoming.PAGE if found.more else None
    buttons = pages.page_buttons(
        first=Action("upcoming.page", 0) if found.offset else None,
        further=None if further is None else Action("upcoming.page", further),
    )
    return Message("upcoming.calendar", {"calendar": found}, buttons)


FEATURE = Feature(
    "upcoming",
    handlers=(Command("upcoming", show, TAKE_PART, costly=True), PrivatePress("upcoming.page", press_page)),
    entries=(Entry("upcoming", "upcoming", TAKE_PART, 36, frozenset({Audience.EVERYBODY}), help=Help(36)),),
)
