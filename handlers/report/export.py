"""/export: a group's work as a file, for secretaries. The file is sent in private, since it has many people's names."""

import asyncio
from collections.abc import Sequence
from datetime import date
from functools import partial

from telegram import Update

from domain.messaging.message import Action, Button, DeepLink, Document, Message
from domain.people import permission as permissions
from domain.people.actor import Actor
from domain.people.permission import NobodyKnown, Permission
from domain.report import export
from domain.report.export import Period, Work
from handlers import access, pages
from handlers.access import Needs
from handlers.arguments import BadArguments, after_command
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context, always, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.report import arguments
from handlers.workbook import Workbook

EXPORT = Permission.EXPORT
LINKED = "export"  # the payload of a deep link to /export
FIRST_DAY, LAST_DAY = date(2000, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
MAX_DAYS = 31


async def work(_: Update, context: Context) -> None:
    """/export [PERIOD]: a group's work as a file."""
    await (in_group if context.actor.chat.is_group else in_private)(context)


async def in_group(context: Context) -> None:
    """Export the group's work; the file goes to the sender in private."""
    period, member = period_of(context), context.actor.member
    if not member.is_person:
        raise NobodyKnown(secretary=False)
    if member.private is None:
        button = Button("export.open_button", DeepLink(LINKED))
        await context.say(Message("export.open_first", buttons=[[button]]))
        return
    done, document = await make_file(context, context.actor, period)
    use_case = partial(export.deliver, actor=context.actor, work=done, document=document, key=key_of(context))
    await context.answer(use_case, always(Message("export.sent")))


async def in_private(context: Context) -> None:
    """Export the work of the sender's group; asks which one if there are several."""
    there = await in_own_groups(context)
    if not there:
        raise BadArguments("privacy.export_usage")
    await offer(context, there, period_of(context))


async def offer(context: Context, there: Sequence[Actor], period: Period) -> None:
    """Send the file if there is one group to export, else ask which one."""
    if len(there) > 1:
        await pages.show(context, nothing, always(choosing(there, period)))
        return
    done, document = await make_file(context, there[0], period)
    await context.run(partial(export.deliver, actor=there[0], work=done, document=document, key=key_of(context)))


async def press_group(_: Update, context: Context) -> None:
    """Button: a group was chosen. The question is deleted, so that pressing twice sends one file."""
    number, first, last = context.pressed.numbers(3)
    if not FIRST_DAY <= first <= last <= LAST_DAY or last - first >= MAX_DAYS:
        raise ButtonExpired
    there = [one for one in await in_own_groups(context) if one.group.id == number]
    if context.actor.chat.is_group or not there:
        raise ButtonExpired
    done, document = await make_file(context, there[0], Period(date.fromordinal(first), date.fromordinal(last)))
    use_case = partial(export.deliver, actor=there[0], work=done, document=document, key=key_of(context))
    await pages.close(context, use_case)


def period_of(context: Context) -> Period:
    """The period that is asked for. Raises BadArguments."""
    return arguments.period(after_command(context.text), context.actor.today)


async def start(context: Context, payload: str) -> bool:
    """Handle a deep link from a group: export this month; false if the sender may not export anything."""
    if payload != LINKED or context.actor.chat.is_group:
        return False
    there = await in_own_groups(context)
    if there:
        await offer(context, there, arguments.period("", context.actor.today))
    return bool(there)


async def in_own_groups(context: Context) -> list[Actor]:
    """The sender as an actor in each of their groups whose work they may export. Raises NotSureWho."""
    found = []
    for group in await context.read(partial(export.own_groups, actor=context.actor)):
        there = await access.in_group(context, group, EXPORT)
        if await context.read(partial(permissions.allows, actor=there, permission=EXPORT)):
            found.append(there)
    return found


def choosing(there: Sequence[Actor], period: Period) -> Message:
    """The question which group to export."""
    days = (period.first.toordinal(), period.last.toordinal())
    rows = [
        [Button("export.group_button", Action("export.group", one.group.id, *days), {"name": one.group.title})]
        for one in there
    ]
    return Message("export.choose", {"first": period.first, "last": period.last}, rows)


async def make_file(context: Context, there: Actor, period: Period) -> tuple[Work, Document]:
    """A group's work, and a file of it in the sender's language. Raises NothingToExport, TooMuch."""
    found = await context.read(partial(export.look, actor=there, period=period))
    book = Workbook(context.services, there.reader, "export.work_sheet", "export.work_column")
    done = await asyncio.to_thread(export.work, found)
    content = await asyncio.to_thread(book.write, done.tables)
    named = {"name": there.group.title, "first": period.first, "last": period.last}
    return done, Document("export.file_name", "xlsx", content, named)


def key_of(context: Context) -> str:
    """The outbox key of the one file that answers this update."""
    return f"export:{context.update_id}"


FEATURE = Feature(
    "export",
    handlers=(
        Command("export", work, Needs(EXPORT, Permission.SEE_OWN), costly=True),
        Press("export.group", press_group, Permission.SEE_OWN),
    ),
    entries=(
        Entry(
            "export",
            "export",
            Needs(EXPORT, EXPORT),
            40,
            frozenset({Audience.SECRETARIES}),
            name="export_work",
            help=Help(40, Section.IN_CHARGE),
        ),
    ),
    start=start,
)
