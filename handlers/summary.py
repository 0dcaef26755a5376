"""The summary in chat: /summary."""

from telegram import Update
from telegram.ext import BaseHandler

from domain import summary
from handlers.command import Command
from handlers.context import Context


async def this_week(_: Update, context: Context) -> None:
    """/summary: the week so far."""
    group = await context.group_in_charge()
    await context.answer("summary.week", summary.this_week, group=group, at=context.now)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [Command("summary", this_week)]
