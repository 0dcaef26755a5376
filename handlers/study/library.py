"""The study library in private: a file comes in after it was agreed to, goes out, and its items are kept."""

import asyncio
from functools import partial

from telegram import Document as Sent
from telegram import Message as Incoming
from telegram import Update
from telegram.error import BadRequest

from domain.ids import DraftId, StudyItemId
from domain.messaging.message import Action, Button, Document, Message, Text, in_rows
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.refusal import Refusal
from domain.study import importing, keeping
from domain.study.importing import Loss
from domain.study.keeping import Opened, Page
from domain.study.library import Library, WrongLibrary
from handlers import access, arguments, documents, pages
from handlers.access import Needs
from handlers.command import Command, PrivatePress
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature
from handlers.form import Form, ends_elsewhere
from handlers.origin import text_of
from handlers.study import attaching, library_files, series
from handlers.study.library_files import FaultyLibrary, NoLibraryFile
from sheets import Reason, WrongFile, study
from sheets.study import Found

KEEP = Permission.KEEP_LIBRARY
WORDS = ("学习库", "管理", "library", "manage")  # behind /study


class LibrariesWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "library.files_wait"


def is_meant(message: Incoming) -> bool:
    """Whether words behind /study mean the library."""
    return arguments.after_command(text_of(message)).casefold() in WORDS


async def show(_: Update, context: Context) -> None:
    """/study 学习库: the first page of the library."""
    await pages.show(context, partial(keeping.page, actor=context.actor), say_page)


async def press_page(_: Update, context: Context) -> None:
    """Button: a page of the library."""
    (offset,) = context.pressed.numbers(1)
    await pages.turn(context, partial(keeping.page, actor=context.actor, offset=offset), say_page)


def say_page(page: Page) -> Message:
    """A page, a button for each of its items, the others, and the files."""
    numbered = [(page.offset + place, one.item) for place, one in enumerate(page.items, 1)]
    items = [
        [
            Button(
                "library.item_button",
                Action("library.item", item.id, page.offset),
                {"number": number, "lesson": item.lesson},
            )
        ]
        for number, item in numbered
    ]
    turns = [
        Button(text, Action("library.page", offset))
        for text, offset in (("library.before_button", page.before), ("library.after_button", page.after))
        if offset is not None
    ]
    files = [
        *(
            Button("library.export_button", Action("library.export", place), {"ending": ending})
            for place, ending in enumerate(library_files.FORMATS[:3])
        ),
        Button("library.template_button", Action("library.template")),
        *([series.button()] if page.courses or page.campaigns else []),
    ]
    back = [Button("library.back_button", Action("day.desk"))]
    return Message("library.page", {"page": page}, [*items, *([turns] if turns else []), *in_rows(files, 2), back])


async def press_item(_: Update, context: Context) -> None:
    """Button: one item, as it will look."""
    number, offset = _item(context)
    await pages.turn(context, partial(keeping.show, actor=context.actor, number=number, offset=offset), say_item)


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: take an item out of the library."""
    number, offset = _item(context)
    await pages.turn(context, partial(keeping.withdraw, actor=context.actor, number=number, offset=offset), say_item)


async def press_return(_: Update, context: Context) -> None:
    """Button: put an item back."""
    number, offset = _item(context)
    await pages.turn(context, partial(keeping.put_back, actor=context.actor, number=number, offset=offset), say_item)


def _item(context: Context) -> tuple[StudyItemId, int]:
    number, offset = context.pressed.numbers(2)
    return StudyItemId(number), offset


def say_item(opened: Opened) -> Message:
    """An item with its buttons."""
    about = (opened.item.id, opened.offset)
    if opened.item.is_withdrawn:
        change = Button("library.return_button", Action("library.return", *about))
    else:
        change = Button("library.withdraw_button", Action("library.withdraw", *about))
    back = Button("library.back_button", Action("library.page", opened.offset))
    return Message("library.opened", {"opened": opened}, [[change, attaching.button(opened.item.id)], [back]])


async def press_export(_: Update, context: Context) -> None:
    """Button: the whole library as a file."""
    (place,) = context.pressed.numbers(1)
    if not 0 <= place < len(library_files.FORMATS):
        raise ButtonExpired
    ending, language = library_files.FORMATS[place], context.actor.chat.language
    library = await context.read(partial(importing.export, actor=context.actor))
    content = await asyncio.to_thread(library_files.write, library, ending, language)
    count = library.count
    document = Document("library.file_name", ending, content, {"day": context.actor.today})
    noted = partial(importing.note_export, actor=context.actor, count=count)
    await documents.send(context, document, Message("library.file_caption", {"count": count}), use_case=noted)
    context.acknowledge()


async def press_template(_: Update, context: Context) -> None:
    """Button: an empty form."""
    content = await asyncio.to_thread(library_files.write, Library(), library_files.XLSX, context.actor.chat.language)
    check = partial(permissions.require, actor=context.actor, permission=KEEP)
    document = Document("library.template_name", "xlsx", content)
    await documents.send(context, document, Message("library.template_caption"), use_case=check)
    context.acknowledge()


async def take(context: Context, document: Sent, content: bytes) -> bool:
    """A file in private that looks like a library, of somebody who keeps it. Raises FaultyLibrary, LibrariesWait."""
    if not study.looks_like(content) or not await access.may(context, KEEP):
        return False
    try:
        found = await _read(context, content)
    except NoLibraryFile as refusal:
        if documents.is_nobodys(content, refusal.values["wrong"]):
            return False
        raise
    name = documents.plain_name(document.file_name or "")
    lost = [Loss(one.item, one.field) for one in library_files.lost_of(found)]
    propose = partial(importing.propose, actor=context.actor, file=document.file_id, name=name, lost=lost)
    await _checked(context, found, propose)
    return True


async def _checked(context: Context, found: Found, propose: "partial[Message]") -> None:
    """Show what a file would do. Raises FaultyLibrary."""
    try:
        library = library_files.as_library(found)
        await context.answer(partial(propose, library=library), say_proposed)
    except WrongLibrary as wrong:
        raise FaultyLibrary(wrong) from wrong


def say_proposed(proposed: Message) -> Message:
    """The preview of what an import would change."""
    return proposed


async def _read(context: Context, content: bytes) -> Found:
    """Raises NoLibraryFile, LibrariesWait."""
    return await documents.read(context, study.LIBRARY, content, busy=LibrariesWait, unreadable=_unreadable)


def _unreadable(error: WrongFile) -> NoLibraryFile:
    return NoLibraryFile(wrong=error.reason, detail=error.detail)


async def press_import(_: Update, context: Context) -> None:
    """Button: import what was shown."""
    number = _draft(context)
    file = await context.read(partial(importing.proposed, actor=context.actor, number=number))
    context.show_notice(Text("library.importing"))
    try:
        library = await _fetch(context, file)
        await context.run(partial(importing.agree, actor=context.actor, number=number, library=library))
    except WrongLibrary as wrong:  # the store has changed since; a press takes one notice, and has it
        refusal = FaultyLibrary(wrong)
        await context.say(Message(refusal.text, refusal.values))
    except (NoLibraryFile, LibrariesWait) as refusal:
        await context.say(Message(refusal.text, refusal.values))


async def _fetch(context: Context, file: str) -> Library:
    """Raises NoLibraryFile, LibrariesWait, WrongLibrary."""
    try:
        content = await documents.download(context, file, None)
    except BadRequest as error:
        raise NoLibraryFile(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NoLibraryFile(wrong=error.reason, detail=error.detail) from error
    return library_files.as_library(await _read(context, content))


async def press_cancel(_: Update, context: Context) -> None:
    """Button: import nothing."""
    await context.run(partial(importing.decline, actor=context.actor, number=_draft(context)))
    context.show_notice(Text("library.cancelled"))


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


# Open while a file waits for its buttons; whoever types instead is told so.
FORM = Form(importing.FORM, (), KEEP, ends_elsewhere, awaits_press="library.awaits_button_press")
FEATURE = Feature(
    "library",
    handlers=(
        Command("study", show, Needs(in_private=KEEP), when=is_meant),
        PrivatePress("library.page", press_page, KEEP),
        PrivatePress("library.item", press_item, KEEP),
        PrivatePress("library.withdraw", press_withdraw, KEEP),
        PrivatePress("library.return", press_return, KEEP),
        PrivatePress("library.export", press_export, KEEP),
        PrivatePress("library.template", press_template, KEEP),
        PrivatePress("library.import", press_import, KEEP),
        PrivatePress("library.cancel", press_cancel, KEEP),
        *series.PRESSES,
        *attaching.PRESSES,
    ),
    forms=(FORM, attaching.FORM),
    takes=take,
)
