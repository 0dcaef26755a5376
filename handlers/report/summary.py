"""The weekly summary in chat: /summary."""

from functools import partial

from telegram import Update

from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.report import summary
from domain.report.summary import Summary
from handlers.access import Needs
from handlers.command import Command
from handlers.context import Context
from handlers.feature import Audience, Entry, Feature, Help, Section

NEEDS = Needs(in_group=Permission.SEE_SUMMARY)


async def this_week(_: Update, context: Context) -> None:
    """/summary: the week so far."""
    await context.answer(partial(summary.this_week, actor=context.actor), say_week)


def say_week(week: Summary) -> Message:
    """The answer to /summary."""
    return Message("summary.week", {"summary": week})


FEATURE = Feature(
    "summary",
    handlers=(Command("summary", this_week, NEEDS, costly=True),),
    entries=(
        Entry("summary", "summary", NEEDS, 30, frozenset({Audience.SECRETARIES}), help=Help(30, Section.IN_CHARGE)),
    ),
)
