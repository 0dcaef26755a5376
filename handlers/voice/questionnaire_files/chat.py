"""/questionnaires in private: files in, the form to fill in and what is kept out, as files again."""

import asyncio
from functools import partial

from telegram import Document as Sent
from telegram import Update
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

from domain.ids import DraftId, KeptId
from domain.messaging.draft import Draft
from domain.messaging.message import Action, Button, Document, Message, Text
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.refusal import Refusal
from domain.voice.questionnaire import kept
from domain.voice.questionnaire.kept import KeptQuestionnaire
from domain.voice.questionnaire.model import Questionnaire
from handlers import access, documents
from handlers.access import Needs
from handlers.command import Command, PrivatePress
from handlers.context import ButtonExpired, Context
from handlers.feature import Entry, Feature, Help, Section
from handlers.form import AllStores, Form, ends_elsewhere
from handlers.messaging import speech
from handlers.people.roster import NotARoster
from handlers.people.roster import chat as roster
from handlers.voice.questionnaire_files import files
from handlers.voice.questionnaire_files.files import NoQuestionnaireFile
from handlers.voice.questionnaire_files.fitting import Fitted, grouped
from handlers.voice.questionnaire_templates import forms
from sheets import Reason, WrongFile
from sheets.questionnaire import Found, looks_like_table

ASK = Permission.ASK_SURVEYS
KEEP = Needs(in_private=ASK)
TOML = filters.Document.FileExtension("toml")
FILE = roster.FILE & ~TOML
PATIENCE = 40  # seconds for a file to come and to be read: less than a handler is given
SHOWN = 10  # kept ones with buttons
OTHER_KINDS = (
    "image/",
    "video/",
    "audio/",
    "application/pdf",
)  # what no questionnaire is in, by what the platform says
NOT_OURS = frozenset({Reason.WRONG_KIND, Reason.ENCODING, Reason.EMPTY})


class QuestionnairesWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "kept_questionnaire.files_wait"


async def show(_: Update, context: Context) -> None:
    """/questionnaires: what is kept, the form to fill in, and how to send a file."""
    await context.answer(partial(kept.listed, actor=context.actor), partial(say_kept, context=context))


def say_kept(found: list[KeptQuestionnaire], context: Context) -> Message:
    """What is kept, each with its buttons; and the templates."""
    own = [
        (
            Button("kept_questionnaire.one_button", Action("kept_questionnaire.file", one.id), {"kept": one}),
            *_removal(one, context),
        )
        for one in found[:SHOWN]
    ]
    ready = forms(context.actor.chat.language)
    named = [
        (Button("kept_questionnaire.ready_button", Action("kept_questionnaire.ready", place), {"title": one.title}),)
        for place, one in enumerate(ready)
    ]
    blank = (Button("kept_questionnaire.blank_button", Action("kept_questionnaire.blank")),)
    return Message("kept_questionnaire.listed", {"found": list(found), "shown": SHOWN}, (*own, *named, blank))


def _removal(one: KeptQuestionnaire, context: Context) -> tuple[Button, ...]:
    if one.owner != context.actor.member.id:
        return ()
    return (Button("kept_questionnaire.remove_button", Action("kept_questionnaire.remove", one.id)),)


async def take(update: Update, context: Context) -> None:
    """A file in private: of those who ask surveys it may be a questionnaire; else it is a roster, or ordinary."""
    document = context.message and context.message.document
    if not document or not await _is_for_us(context, document):
        await roster.take(update, context)
        return
    for feature in context.services.features:  # a caption 建议：… makes it a suggestion
        if feature.hears is not None and await feature.hears(context):
            return
    keeps_roster = await access.may(context, Permission.KEEP_ROSTER)
    try:
        content = await _download(context, document)
        if await documents.taken(context, document, content):
            return
        if keeps_roster and looks_like_table(content):
            await _take_table(context, document, content)
        else:
            await _propose(context, document, await _read(context, content))
    except NoQuestionnaireFile as refusal:
        if refusal.values["wrong"] not in NOT_OURS:
            raise
        await (roster.take if keeps_roster else speech.hear)(update, context)


async def _is_for_us(context: Context, document: Sent) -> bool:
    """Whether somebody may send questionnaires, and this file answers nothing else."""
    if await speech.awaits_file(context):
        return False
    if (document.mime_type or "").startswith(OTHER_KINDS) or (context.message and context.message.reply_to_message):
        return False
    if not await access.may(context, ASK):
        return False
    draft = await context.read(partial(_open_draft, context=context))
    shown = {form.name for feature in context.services.features for form in feature.forms if form.awaits_press}
    return draft is None or draft.form in shown  # another file takes the place of one that waits for its buttons


def _open_draft(stores: AllStores, *, context: Context) -> Draft | None:
    return stores.drafts.open_of(context.actor.member.id, context.actor.chat.id)


async def _take_table(context: Context, document: Sent, content: bytes) -> None:
    """A table of somebody who keeps the roster: a roster, or else a questionnaire. Raises NotARoster."""
    try:
        await roster.take_content(context, document, content)
    except NotARoster as refusal:
        if refusal.values["wrong"] is not Reason.NO_HEADER:
            raise
        try:
            found = await _read(context, content)
        except NoQuestionnaireFile:
            raise refusal from None
        await _propose(context, document, found)


async def _download(context: Context, document: Sent) -> bytes:
    """Raises NoQuestionnaireFile."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await documents.download(context, document.file_id, document.file_size)
    except (BadRequest, TimeoutError) as error:
        raise NoQuestionnaireFile(wrong=Reason.TOO_COSTLY, detail="") from error
    except WrongFile as error:
        raise NoQuestionnaireFile(wrong=error.reason, detail=error.detail) from error


async def _read(context: Context, content: bytes) -> Found:
    """Raises NoQuestionnaireFile, QuestionnairesWait."""
    reader = files.reader_for(context.actor.chat.language)
    return await documents.read(context, reader, content, busy=QuestionnairesWait, unreadable=_unreadable)


def _unreadable(error: WrongFile) -> NoQuestionnaireFile:
    return NoQuestionnaireFile(wrong=error.reason, detail=error.detail)


async def _propose(context: Context, document: Sent, found: Found) -> None:
    """Show what was read, with buttons to keep it or not. Raises FaultyQuestionnaire."""
    fitted = files.as_questionnaire(found, documents.plain_name(document.file_name or ""))
    assert fitted.questionnaire is not None  # noqa: S101 - `as_questionnaire` has looked
    use_case = partial(
        kept.propose, actor=context.actor, questionnaire=fitted.questionnaire, source=f"chat:{context.source}"
    )
    await context.answer(use_case, partial(say_proposed, fitted=fitted))


def say_proposed(draft: Draft, fitted: Fitted) -> Message:
    """The preview: title, questions, and what is not carried over."""
    keep = Button("kept_questionnaire.keep_button", Action("kept_questionnaire.keep", draft.id))
    drop = Button("kept_questionnaire.drop_button", Action("kept_questionnaire.drop", draft.id))
    values = {"questionnaire": fitted.questionnaire, "lost": grouped(fitted.lost)}
    return Message("kept_questionnaire.preview", values, [[keep, drop]], subject=draft.subject)


async def press_keep(_: Update, context: Context) -> None:
    """Button: keep it."""
    await context.run(partial(kept.agree, actor=context.actor, number=_draft(context)))
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """Button: do not keep it."""
    await context.run(partial(kept.decline, actor=context.actor, number=_draft(context)))
    context.show_notice(Text("kept_questionnaire.dropped"))


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


async def press_remove(_: Update, context: Context) -> None:
    """Button: keep one's own no longer."""
    number = KeptId(context.pressed.having(1).number())
    await context.run(partial(kept.remove, actor=context.actor, number=number))
    context.show_notice(Text("kept_questionnaire.removed"))


async def press_file(_: Update, context: Context) -> None:
    """Button: a kept one as a spreadsheet, which can be changed and sent again."""
    number = KeptId(context.pressed.having(1).number())
    found = await context.read(partial(kept.show, actor=context.actor, number=number))
    await _send(context, found.questionnaire)


async def press_ready(_: Update, context: Context) -> None:
    """Button: a template as a spreadsheet."""
    ready = forms(context.actor.chat.language)
    place = context.pressed.having(1).number()
    if not 0 <= place < len(ready):
        raise ButtonExpired
    await _send(context, ready[place])


async def press_blank(_: Update, context: Context) -> None:
    """Button: an empty form."""
    await _send(context, None)


async def _send(context: Context, questionnaire: Questionnaire | None) -> None:
    """Send a questionnaire, or an empty form."""
    content = await asyncio.to_thread(files.as_table, questionnaire, context.label, context.actor.chat.language)
    document = Document(
        "kept_questionnaire.file_name", "xlsx", content, {"title": questionnaire.title if questionnaire else ""}
    )
    check = partial(permissions.require, actor=context.actor, permission=ASK)
    await documents.send(context, document, Message("kept_questionnaire.file_caption"), use_case=check)
    context.acknowledge()


# Open while a file waits for its buttons; whoever types instead is told so.
FORM = Form(kept.FORM, (), ASK, ends_elsewhere, awaits_press="kept_questionnaire.awaits_button_press")
FEATURE = Feature(
    "kept_questionnaire",
    handlers=(
        Command("questionnaires", show, KEEP, costly=True),
        PrivatePress("kept_questionnaire.keep", press_keep, ASK),
        PrivatePress("kept_questionnaire.drop", press_drop, ASK),
        PrivatePress("kept_questionnaire.remove", press_remove, ASK),
        PrivatePress("kept_questionnaire.file", press_file, ASK),
        PrivatePress("kept_questionnaire.ready", press_ready, ASK),
        PrivatePress("kept_questionnaire.blank", press_blank, ASK),
        MessageHandler(FILE, take),
    ),
    forms=(FORM,),
    entries=(Entry("questionnaires", "kept_questionnaire", KEEP, 22, help=Help(22, Section.IN_CHARGE)),),
)
