"""Surveys in chat: /survey."""

from telegram import Update

from domain.people.permission import Permission
from domain.voice import survey
from handlers import arguments
from handlers.access import Needs
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Feature
from handlers.messaging.draft import survey as guided


async def ask(_: Update, context: Context) -> None:
    """/survey QUESTION | OPTION | OPTION … [| 匿名] [| 截止：…]: ask the group."""
    group = context.group()
    words = arguments.after_command(context.text)
    if not words:
        await guided.begin(context)
        return
    wanted = arguments.survey(words, group, context.now)
    await context.run(
        survey.ask,
        group=group,
        asker=context.actor.member,
        question=wanted.question,
        closes_at=wanted.closes_at,
        source=context.source,
        thread=context.thread,
        at=context.now,
    )


FEATURE = Feature(
    "survey",
    handlers=(Command("survey", ask, Needs(in_group=Permission.ASK_SURVEYS)),),
)
