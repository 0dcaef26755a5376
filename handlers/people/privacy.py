"""Privacy in chat: /export me, and /erase for administrators."""

import asyncio
from dataclasses import replace
from functools import partial

from telegram import Message as Incoming
from telegram import Update

import plain
from domain.ids import MemberId, PersonId
from domain.messaging.message import Action, Button, Document, Message
from domain.people import privacy
from domain.people.permission import Permission
from domain.people.privacy import Erasable, Forgotten
from domain.table import Table
from handlers import documents, pages
from handlers.access import SEE_OWN, Needs
from handlers.arguments import after_command
from handlers.command import Command, Press
from handlers.context import Context, always, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.origin import text_of
from handlers.people import arguments
from handlers.workbook import Workbook

ME = ("me", "我", "本人")
KEEP = Permission.KEEP_ROSTER
EXPORT = Needs(in_private=SEE_OWN.in_private)
ERASE = Needs(in_private=KEEP)


async def export(_: Update, context: Context) -> None:
    """/export me: everything that is stored about the sender, as a file."""
    tables = await context.read(partial(privacy.own, actor=context.actor))
    book = Workbook(context.services, context.actor.reader, "privacy.sheet", "privacy.column")
    content = await asyncio.to_thread(book.write, [with_numbers_as_text(table) for table in tables])
    document = Document("privacy.file_name", "xlsx", content, {"day": context.actor.today})
    use_case = partial(privacy.note_export, actor=context.actor)
    await documents.send(context, document, Message("privacy.file"), use_case=use_case)


def with_numbers_as_text(table: Table) -> Table:
    """The table with numbers as text: most are ids, which a spreadsheet must not reformat."""
    rows = [[str(value) if type(value) is int else value for value in row] for row in table.rows]
    return replace(table, rows=rows)


def is_me(message: Incoming) -> bool:
    """Whether the message is /export me."""
    return plain.line(after_command(text_of(message))).lower() in ME


async def erase(_: Update, context: Context) -> None:
    """/erase NUMBER or @name: erase somebody who has left, or a guest, after confirmation."""
    mention = arguments.first_mention(context.message) if context.message else None
    if mention is not None:
        await pages.show(context, partial(privacy.ask_mentioned, actor=context.actor, mention=mention), ask)
        return
    number = arguments.identity(after_command(context.text), usage="privacy.erase_usage")[0]
    await pages.show(context, partial(privacy.ask_person, actor=context.actor, number=number), ask)


def ask(found: Erasable) -> Message:
    """The question for confirmation; erasing cannot be undone."""
    if found.person is not None:
        whom = Action("privacy.erase_person", found.person.id)
    else:
        whom = Action("privacy.erase_member", found.member.id if found.member else 0)
    row = [Button("privacy.erase_button", whom), Button("privacy.keep_button", Action("privacy.keep"))]
    return Message("privacy.sure", {"whom": found.whom}, [row])


async def press_erase_person(_: Update, context: Context) -> None:
    """Button: erase a person of the roster who has left."""
    number = PersonId(context.pressed.having(1).number())
    await pages.turn(context, partial(privacy.erase, actor=context.actor, whom=number), say_erased)


async def press_erase_member(_: Update, context: Context) -> None:
    """Button: erase a guest."""
    number = MemberId(context.pressed.having(1).number())
    await pages.turn(context, partial(privacy.erase, actor=context.actor, guest=number), say_erased)


def say_erased(done: Forgotten) -> Message:
    """The answer after somebody was erased."""
    return Message("privacy.erased", {"points": done.points})


async def press_keep(_: Update, context: Context) -> None:
    """Button: do not erase."""
    await pages.turn(context, nothing, always(Message("privacy.kept")))


FEATURE = Feature(
    "privacy",
    handlers=(
        Command("export", export, EXPORT, when=is_me, costly=True),
        Command("erase", erase, ERASE),
        Press("privacy.erase_person", press_erase_person, KEEP),
        Press("privacy.erase_member", press_erase_member, KEEP),
        Press("privacy.keep", press_keep, KEEP),
    ),
    entries=(
        Entry("export", "privacy", EXPORT, 180, frozenset({Audience.PRIVATE}), help=Help(110)),
        Entry("erase", "privacy", ERASE, 76, frozenset({Audience.NOBODY}), help=Help(50, Section.ADMINISTRATORS)),
    ),
)
