"""A group's work as a file: /export, for secretaries. The file comes in private; it holds many people's names."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from telegram import Update

from domain.admin.audit import FILE_EXPORTED
from domain.messaging.chat import Chat
from domain.messaging.message import Button, Document, Message
from domain.people.permission import Permission
from domain.report import export
from domain.report.export import MAX_GROUPS, Period, Work
from domain.stores import Stores
from handlers import access, arguments, pages
from handlers.access import Needs, Unknowable
from handlers.arguments import BadArguments
from handlers.command import Command, Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.pages import Page
from handlers.workbook import Workbook

EXPORT = Permission.EXPORT
LINKED = "export"  # what a deep link carries that leads here
FIRST_DAY, LAST_DAY = date(2000, 1, 1).toordinal(), date(2100, 12, 31).toordinal()
MAX_DAYS = 31


async def work(_: Update, context: Context) -> None:
    """/export [PERIOD]: a group's work as a file."""
    await (in_group if context.actor.chat.is_group else in_private)(context)


async def in_group(context: Context) -> None:
    """Its work, which is sent to whoever asks, in private."""
    period, member = period_of(context), context.actor.member
    if not member.is_person:
        raise Unknowable(secretary=False)
    if member.private is None:
        link = f"https://t.me/{context.bot.username}?start={LINKED}"
        await context.answer("export.open_first", buttons=lambda _: [[Button("export.open_button", link)]])
        return
    done, document = await made(context, context.group(), period)

    def send(stores: Stores) -> None:
        deliver(stores, context, done, document)
        key, chat = f"answer:{context.incoming.update_id}", context.actor.chat.id
        stores.outbox.send(chat, Message("export.sent"), key=key, thread=context.thread, urgent=True)

    await context.run(send)


async def in_private(context: Context) -> None:
    """That of the group that one answers for; where there are several, one chooses."""
    groups = await own_groups(context)
    if not groups:
        raise BadArguments("privacy.export_usage")
    await offer(context, groups, period_of(context))


async def offer(context: Context, groups: Sequence[Chat], period: Period) -> None:
    """Send the work of the one group that there is, or ask of which."""
    if len(groups) > 1:
        await pages.show(context, lambda _: choosing(groups, period))
        return
    done, document = await made(context, groups[0], period)
    await context.run(deliver, context=context, work=done, document=document)


async def press_group(_: Update, context: Context) -> None:
    """The group was chosen. The question goes: pressed twice, its button brings one file."""
    number, first, last = context.pressed(3)
    if not FIRST_DAY <= first <= last <= LAST_DAY or last - first >= MAX_DAYS:
        raise ButtonExpired
    groups = [group for group in await own_groups(context) if group.id == number]
    if context.actor.chat.is_group or not groups:
        raise ButtonExpired
    done, document = await made(context, groups[0], Period(date.fromordinal(first), date.fromordinal(last)))
    message = context.place

    def send(stores: Stores) -> None:
        about = stores.outbox.subject(context.actor.chat.id, message.message_id) if message else None
        if about is None or not about.startswith("page:") or stores.outbox.message_about(about) is None:
            raise ButtonExpired
        stores.outbox.delete(about, key=f"{about}:{context.incoming.update_id}")
        deliver(stores, context, done, document)

    await context.run(send)
    context.acknowledge()


def period_of(context: Context) -> Period:
    """What days are meant. Raises BadArguments."""
    today = context.actor.chat.day(context.now)
    return arguments.period(arguments.after_command(context.text), today)


async def from_link(context: Context) -> bool:
    """A group's button has led somebody here, who sees this month; false where nothing is theirs to export."""
    groups = await own_groups(context)
    if groups:
        await offer(context, groups, arguments.period("", context.actor.chat.day(context.now)))
    return bool(groups)


async def own_groups(context: Context) -> list[Chat]:
    """The groups that whoever speaks is in and whose work they may export. Raises NotSureWho."""
    member = context.actor.member.id
    groups = await context.services.database.read(lambda stores: stores.exports.groups(member, MAX_GROUPS))
    return [group for group in groups if await access.may_in(context, group, EXPORT)]


def choosing(groups: Sequence[Chat], period: Period) -> Page:
    """Of which group?"""
    days = f"{period.first.toordinal()}:{period.last.toordinal()}"
    rows = [
        [Button("export.group_button", Action("export.group", group.id, days), {"name": group.title})]
        for group in groups
    ]
    return Page("export.choose", {"first": period.first, "last": period.last}, rows)


async def made(context: Context, group: Chat, period: Period) -> tuple[Work, Document]:
    """A group's work, and the file of it in the language of whoever asks. Raises NothingToExport, TooMuch."""
    found = await context.services.database.read(export.look, group=group, period=period, at=context.now)
    reader = replace(group, language=context.actor.member.reads(group.language))
    book = Workbook(context.services, reader, "export.work_sheet", "export.work_column")
    done = await asyncio.to_thread(export.work, found)
    content = await asyncio.to_thread(book.write, done.tables)
    named = {"name": group.title, "first": period.first, "last": period.last}
    return done, Document("export.file_name", "xlsx", content, named)


def deliver(stores: Stores, context: Context, work: Work, document: Document) -> None:
    """Send it to whoever asked, in private, and note that they have it."""
    member, period = stores.members.get(context.actor.member.id), work.period
    if member.private is None:  # blocked in this very moment
        raise ButtonExpired
    values = {"name": work.group.title, "first": period.first, "last": period.last, "named": work.named}
    key = f"export:{context.incoming.update_id}"
    stores.outbox.send_document(member.private, document, Message("export.file", values), key=key, urgent=True)
    subject, days = f"work chat:{work.group.id}", f"{period.first} {period.last}"
    stores.audit.note(member.id, FILE_EXPORTED, subject, old=None, new=days, at=context.now)


FEATURE = Feature(
    "export",
    handlers=(
        Command(
            "export", work, Needs(EXPORT, Permission.SEE_OWN), told_as="export_work", told_to=Needs(EXPORT, EXPORT)
        ),
        Press("export.group", press_group, Permission.SEE_OWN),
    ),
)
