"""The summary in chat: /summary."""

from telegram import Update
from telegram.ext import BaseHandler

from domain.people.permission import Permission
from domain.report import summary
from handlers.access import Needs
from handlers.command import Command
from handlers.context import Context


async def this_week(_: Update, context: Context) -> None:
    """/summary: the week so far."""
    await context.answer("summary.week", summary.this_week, group=context.group(), at=context.now)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """What this feature listens to."""
    return [Command("summary", this_week, Needs(in_group=Permission.SEE_SUMMARY))]
