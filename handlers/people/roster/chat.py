"""The roster in private chats: import after confirmation, export, template."""

import asyncio
from functools import partial

from telegram import Document as Sent
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

import sheets
from domain.ids import DraftId
from domain.messaging.message import Action, Button, Buttons, Document, Message, Text
from domain.people import permission as permissions
from domain.people import roster
from domain.people.permission import Permission
from domain.people.roster import Plan, Roster
from domain.refusal import Refusal
from handlers import access, documents
from handlers.access import Needs
from handlers.command import Command, Key, Press
from handlers.context import Context
from handlers.feature import Entry, Feature, Help, Section
from handlers.form import Form, ends_elsewhere
from handlers.messaging import speech
from handlers.people.roster import files
from handlers.people.roster.files import NotARoster
from sheets import Fault, Reason, WrongFile
from sheets.process import Busy
from sheets.roster import ROSTER

KEEP_ROSTER = Permission.KEEP_ROSTER
KEEP = Needs(in_private=KEEP_ROSTER)
COMMAND_BELOW = filters.CaptionRegex(r"^[/／]\w")
FILE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.Document.ALL & ~COMMAND_BELOW
PATIENCE = 50  # seconds for a file to come and to be read: less than a handler is given
NEW_BUTTONS: Buttons = (
    (
        Button("roster.template_button", Action("roster.template")),
        Button("roster.export_button", Action("roster.export")),
    ),
)


class FileGone(Refusal):
    """The platform no longer has the file."""

    text = "roster.file_gone"


class Faulty(Refusal):
    """Cells with errors; then nothing of the file is imported."""

    text = "roster.faults"


class FilesWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "roster.files_wait"


async def show(_: Update, context: Context) -> None:
    """/roster: how to import and export the roster."""
    await context.answer(_check(context), say_help)


def _check(context: Context) -> partial[None]:
    """A use case that refuses whoever may not keep the whole roster."""
    return partial(permissions.require_everywhere, actor=context.actor, permission=KEEP_ROSTER)


def say_help(_: None) -> Message:
    """The explanation of import and export, with buttons."""
    return Message("roster.help", buttons=NEW_BUTTONS)


async def take(update: Update, context: Context) -> None:
    """A file in private: from an administrator it is a roster, from anybody else an ordinary message."""
    document = context.message and context.message.document
    if not document or await speech.awaits_file(context) or not await access.may(context, KEEP_ROSTER):
        await speech.hear(update, context)
        return
    for feature in context.services.features:  # a caption 建议：… makes it a suggestion
        if feature.hears is not None and await feature.hears(context):
            return
    await context.read(_check(context))
    await _propose(context, document, await _fetch(context, document.file_id, document.file_size))


async def take_content(context: Context, document: Sent, content: bytes) -> None:
    """A file that was downloaded already. Raises NotARoster, FilesWait, Faulty."""
    await context.read(_check(context))
    await _propose(context, document, await _read(context, content))


async def _propose(context: Context, document: Sent, found: Roster) -> None:
    """Show what would change, with buttons to import it or not."""
    plan = await _plan(context, found)
    name, file = documents.plain_name(document.file_name or ""), document.file_id
    await context.answer(partial(roster.propose, actor=context.actor, plan=plan, file=file, name=name), say_proposed)


def say_proposed(proposed: Message) -> Message:
    """The preview of what an import would change."""
    return proposed


async def press_import(_: Update, context: Context) -> None:
    """Button: import. If the changes are no longer those that were shown, show the new ones instead."""
    await _import(context, leavers_named=False)


async def press_leavers(_: Update, context: Context) -> None:
    """Button: import although many leave. Their names were shown."""
    await _import(context, leavers_named=True)


async def _import(context: Context, *, leavers_named: bool) -> None:
    number = _pressed(context)
    file = await context.read(partial(roster.proposed, actor=context.actor, number=number))
    context.show_notice(Text("roster.importing"))
    try:
        found = await _fetch(context, file, None)
    except Refusal as refusal:  # a press takes one notice, and has it
        await context.say(Message(refusal.text, refusal.values))
        return
    agree = partial(roster.agree, actor=context.actor, number=number, roster=found, key=str(context.update_id))
    await context.run(partial(agree, leavers_named=leavers_named))


async def press_cancel(_: Update, context: Context) -> None:
    """Button: cancel the import."""
    await context.run(partial(roster.decline, actor=context.actor, number=_pressed(context)))
    context.show_notice(Text("roster.cancelled"))


def _pressed(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


async def press_template(_: Update, context: Context) -> None:
    """Button: an empty roster to fill in."""
    content = await asyncio.to_thread(files.template, context.label, as_csv=False)
    document = Document("roster.template_name", "xlsx", content)
    await documents.send(context, document, Message("roster.template_caption"), use_case=_check(context))
    context.acknowledge()


async def press_export(_: Update, context: Context) -> None:
    """Button: the current roster."""
    people = await context.read(partial(roster.show, actor=context.actor))
    content = await asyncio.to_thread(files.export, people, context.label, as_csv=False)
    document, count = Document("roster.export_name", "xlsx", content), len(people)
    use_case = partial(roster.note_export, actor=context.actor, count=count)
    await documents.send(context, document, Message("roster.export_caption", {"count": count}), use_case=use_case)
    context.acknowledge()


async def _fetch(context: Context, file_id: str, size: int | None) -> Roster:
    """Download and read a roster. Raises NotARoster, FileGone, FilesWait, Faulty."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _read(context, await documents.download(context, file_id, size))
    except BadRequest as error:
        raise FileGone from error
    except TimeoutError as error:
        raise NotARoster(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NotARoster(wrong=error.reason, detail=error.detail) from error


async def _read(context: Context, content: bytes) -> Roster:
    """The roster in a file's content. Raises NotARoster, FilesWait, Faulty."""
    try:
        async with asyncio.timeout(PATIENCE):
            reading = await context.services.files.read(ROSTER, content, owner=context.actor.member.id)
    except Busy as error:
        raise FilesWait from error
    except TimeoutError as error:
        raise NotARoster(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NotARoster(wrong=error.reason, detail=error.detail) from error
    if reading.faults:
        faults: list[Fault] = list(reading.faults)
        raise Faulty(faults=faults, most=sheets.MAX_FAULTS)
    return await asyncio.to_thread(files.as_roster, reading, context.actor.today)


async def _plan(context: Context, found: Roster) -> Plan:
    known = await context.read(partial(roster.look, actor=context.actor))
    return await asyncio.to_thread(roster.plan, known, found)


# Open while an import waits for its buttons; whoever types instead is told so.
FORM = Form(roster.FORM, (), KEEP_ROSTER, ends_elsewhere, awaits_press="roster.awaits_button_press")
FEATURE = Feature(
    "roster",
    handlers=(
        Command("roster", show, KEEP, costly=True),
        Key("roster.key", show, KEEP_ROSTER, 80),
        Press("roster.import", press_import, KEEP_ROSTER),
        Press("roster.leavers", press_leavers, KEEP_ROSTER),
        Press("roster.cancel", press_cancel, KEEP_ROSTER),
        Press("roster.template", press_template, KEEP_ROSTER),
        Press("roster.export", press_export, KEEP_ROSTER),
        MessageHandler(FILE, take),
    ),
    forms=(FORM,),
    entries=(Entry("roster", "roster", KEEP, 60, help=Help(20, Section.ADMINISTRATORS)),),
)
