"""The weekly summary in chat: /summary."""

from collections.abc import Sequence
from functools import partial

from telegram import Update

from domain.ids import ChatId
from domain.messaging.message import Action, Button, Message
from domain.people.actor import Actor
from domain.people.permission import Permission
from domain.report import summary
from domain.report.summary import Summary
from handlers import access, pages
from handlers.access import Needs
from handlers.command import Command, Key, Press
from handlers.context import ButtonExpired, Context, always, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section

SEE = Permission.SEE_SUMMARY
NEEDS, SHOWN = Needs(SEE, Permission.SEE_OWN), Needs(SEE, SEE)


async def this_week(_: Update, context: Context) -> None:
    """/summary: the week so far. In private it is that of one's group; of several groups one is chosen first."""
    if context.actor.chat.is_group:
        await context.answer(partial(summary.this_week, actor=context.actor), say_week)
        return
    there = await access.where_allowed(context, SEE)
    if len(there) == 1:
        await context.answer(
            partial(summary.this_week, actor=there[0]), partial(say_in_charge, group=there[0].group.id)
        )
        return
    await pages.show(context, nothing, always(choosing(there)))


def choosing(there: Sequence[Actor]) -> Message:
    """The question which group is meant."""
    rows = [
        [Button("summary.group_button", Action("summary.group", one.group.id), {"group": one.group})] for one in there
    ]
    return Message("summary.choose" if there else "summary.no_group", buttons=rows)


async def press_group(_: Update, context: Context) -> None:
    """Button: a group was chosen. Raises ButtonExpired if the sender may not see its summary."""
    number = context.pressed.having(1).number()
    if context.actor.chat.is_group:
        raise ButtonExpired
    there = await access.where_pressed(context, SEE, number)
    await pages.turn(context, partial(summary.this_week, actor=there), partial(say_in_charge, group=there.group.id))


def say_week(week: Summary) -> Message:
    """The answer to /summary in a group: everybody there reads it, so it does not say how many prompts they got."""
    return summary.for_group(week)


def say_in_charge(week: Summary, group: ChatId) -> Message:
    """The answer to /summary in private, with what to do next, and the way to how tasks went."""
    rows = [[one.button] for one in week.next if one.button]
    rows.append([Button("lean.open_button", Action("lean.show", group))])
    return Message("summary.in_charge", {"summary": week}, rows)


FEATURE = Feature(
    "summary",
    handlers=(
        Command("summary", this_week, NEEDS, costly=True),
        Press("summary.group", press_group, Permission.SEE_OWN),
        Key("summary.key", this_week, SEE, 70),
    ),
    entries=(
        Entry("summary", "summary", SHOWN, 30, frozenset({Audience.SECRETARIES}), help=Help(30, Section.IN_CHARGE)),
    ),
)
