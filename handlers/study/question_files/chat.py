"""/questions in private: files of questions in, the form to fill in and the questions of the library out."""

import asyncio
from functools import partial

from telegram import Document as Sent
from telegram import Update
from telegram.error import BadRequest

from domain.ids import DraftId
from domain.messaging.message import Action, Button, Document, Message, Text, in_rows
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.refusal import Refusal
from domain.study import question_files
from domain.study.question import Question
from domain.study.question_files import counted
from handlers import access, documents
from handlers.access import Needs
from handlers.command import Command, PrivatePress
from handlers.context import ButtonExpired, Context
from handlers.feature import Entry, Feature, Help, Section
from handlers.form import Form, ends_elsewhere
from handlers.study.question_files import files
from handlers.study.question_files.files import NoQuestionFile
from handlers.study.question_files.fitting import Fitted, grouped
from sheets import Reason, WrongFile
from sheets.questions import QUESTIONS, Format, looks_like_questions

KEEP_LIBRARY = Permission.KEEP_LIBRARY
KEEP = Needs(in_private=KEEP_LIBRARY)
PATIENCE = 40  # seconds for a file to come and to be read: less than a handler is given
EXPORTS = (".xlsx", ".txt", ".gift", ".xml")
BUTTONS = (
    (Button("question_files.template_button", Action("question_files.template")),),
    *in_rows(
        [
            Button("question_files.export_button", Action("question_files.export", ending[1:]), {"ending": ending})
            for ending in EXPORTS
        ],
        2,
    ),
)


class QuestionsWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "question_files.files_wait"


async def show(_: Update, context: Context) -> None:
    """/questions: how many there are, how to send a file, and files to take."""
    await context.answer(partial(question_files.show, actor=context.actor), say_kept)


def say_kept(found: list[Question]) -> Message:
    """How many questions there are, and how to bring in more."""
    return Message("question_files.listed", {"kinds": counted(found), "count": len(found)}, BUTTONS)


async def take(context: Context, document: Sent, content: bytes) -> bool:
    """A file in private that looks like questions, of somebody who keeps the library.

    Raises NoQuestionFile, QuestionsWait, FaultyQuestions.
    """
    if not looks_like_questions(content) or not await access.may(context, KEEP_LIBRARY):
        return False
    try:
        fitted = await _read(context, content)
    except NoQuestionFile as refusal:
        if documents.is_nobodys(content, refusal.values["wrong"]):
            return False
        raise
    await _propose(context, document, fitted)
    return True


async def _read(context: Context, content: bytes) -> Fitted:
    """The questions in a file. Raises NoQuestionFile, QuestionsWait, FaultyQuestions."""
    found = await documents.read(context, QUESTIONS, content, busy=QuestionsWait, unreadable=_unreadable)
    return await asyncio.to_thread(files.as_questions, found)


def _unreadable(error: WrongFile) -> NoQuestionFile:
    return NoQuestionFile(wrong=error.reason, detail=error.detail)


async def _propose(context: Context, document: Sent, fitted: Fitted) -> None:
    """Show what was read, with buttons to import it or not."""
    name = documents.plain_name(document.file_name or "")
    shown = {"name": name, "lost": grouped(fitted.lost)}
    use_case = partial(
        question_files.propose,
        actor=context.actor,
        questions=fitted.questions,
        shown=shown,
        file=document.file_id,
    )
    await context.answer(use_case, say_proposed)


def say_proposed(proposed: Message) -> Message:
    """The preview of what an import would change."""
    return proposed


async def press_import(_: Update, context: Context) -> None:
    """Button: import what was shown."""
    number = _draft(context)
    file = await context.read(partial(question_files.proposed, actor=context.actor, number=number))
    context.show_notice(Text("question_files.importing"))
    try:
        fitted = await _read(context, await _download(context, file))
    except Refusal as refusal:  # a press takes one notice, and has it
        await context.say(Message(refusal.text, refusal.values))
        return
    await context.run(partial(question_files.agree, actor=context.actor, number=number, questions=fitted.questions))


async def _download(context: Context, file: str) -> bytes:
    """Raises NoQuestionFile."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await documents.download(context, file, None)
    except (BadRequest, TimeoutError) as error:
        raise NoQuestionFile(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NoQuestionFile(wrong=error.reason, detail=error.detail) from error


async def press_drop(_: Update, context: Context) -> None:
    """Button: do not import it."""
    await context.run(partial(question_files.decline, actor=context.actor, number=_draft(context)))
    context.show_notice(Text("question_files.dropped"))


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


async def press_template(_: Update, context: Context) -> None:
    """Button: a table to fill in."""
    content, _lost = await _written(context, [], ".xlsx")
    document = Document("question_files.template_name", "xlsx", content)
    check = partial(permissions.require, actor=context.actor, permission=KEEP_LIBRARY)
    await documents.send(context, document, Message("question_files.template_caption"), use_case=check)
    context.acknowledge()


async def press_export(_: Update, context: Context) -> None:
    """Button: all questions as a file."""
    ending = f".{context.pressed.having(1).word()}"
    if ending not in EXPORTS:
        raise ButtonExpired
    found = await context.read(partial(question_files.show, actor=context.actor))
    content, lost = await _written(context, found, ending)
    suffix = "txt" if files.ENDINGS.get(ending) is Format.GIFT else ending.lstrip(".")
    document = Document("question_files.export_name", suffix, content)
    caption = Message("question_files.export_caption", {"count": len(found), "lost": lost})
    use_case = partial(question_files.note_export, actor=context.actor, count=len(found))
    await documents.send(context, document, caption, use_case=use_case)
    context.acknowledge()


async def _written(context: Context, questions: list[Question], ending: str) -> tuple[bytes, int]:
    """A file, and how many questions are not in it as they are."""
    language = context.actor.chat.language
    written = await asyncio.to_thread(files.as_file, questions, ending, context.label, language)
    return written.content, len({one.place.row for one in written.lost})


# Open while an import waits for its buttons; whoever types instead is told so.
FORM = Form(question_files.FORM, (), KEEP_LIBRARY, ends_elsewhere, awaits_press="question_files.awaits_button_press")
FEATURE = Feature(
    "question_files",
    handlers=(
        Command("questions", show, KEEP, costly=True),
        PrivatePress("question_files.import", press_import, KEEP_LIBRARY),
        PrivatePress("question_files.drop", press_drop, KEEP_LIBRARY),
        PrivatePress("question_files.template", press_template, KEEP_LIBRARY),
        PrivatePress("question_files.export", press_export, KEEP_LIBRARY),
    ),
    takes=take,
    forms=(FORM,),
    entries=(Entry("questions", "question_files", KEEP, 62, help=Help(22, Section.ADMINISTRATORS)),),
)
