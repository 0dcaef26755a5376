"""Files of evaluations in private: a scheme that is sent, and the result as a document and as a table."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from domain.admin.toml.outside import Sound
from domain.admin.toml.problem import Problem
from domain.ids import DraftId, EvaluationId
from domain.life.evaluation import opening, schemes
from domain.life.evaluation.outside import text_of
from domain.life.evaluation.scheme import Kind
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, Document, Message, Text
from domain.people import permission as permissions
from domain.people.permission import Permission
from handlers import access, documents
from handlers.command import PrivatePress
from handlers.form import Form, ends_elsewhere
from handlers.life.evaluation_document import table_of, words_of
from handlers.life.samples import TOML, sample
from handlers.points.scheme import NoSchemeFile, SchemesWait
from sheets.documents.writing import write
from sheets.reader import Reader
from sheets.writing import write as write_sheet

if TYPE_CHECKING:
    from telegram import Document as Sent
    from telegram import Update

    from domain.life.evaluation.schemes import Looked
    from domain.messaging.message import Subject
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
SCHEME = Reader("domain.life.evaluation.outside:entry", (Problem, Sound), text_of)
MARK = b"[[indicator]]"  # only a scheme has it
TEXT = "text"
SAMPLES = {Kind.BRANCH: "stars", Kind.TEAM: "teams", Kind.PERSON: "members"}


async def take(context: Context, _: Sent, content: bytes) -> bool:
    """A scheme, from somebody who may bring one in: show what it says, and ask. Raises WrongScheme, NoSchemeFile."""
    if MARK not in content or not await access.may(context, PLAN):
        return False
    text = await _read(context, content)
    await context.answer(partial(_propose, context=context, text=text), lambda message: message)
    return True


async def _read(context: Context, content: bytes) -> str:
    return await documents.read(
        context, SCHEME, content, busy=SchemesWait, unreadable=lambda error: NoSchemeFile(wrong=error.reason)
    )


def _propose(stores: Stores, *, context: Context, text: str) -> Message:
    looked = schemes.look_as(stores, context.actor, text=text)
    if looked.is_same:
        return Message("evaluation.same_scheme", {"looked": looked})
    draft = drafts.begin(stores, context.actor, FORM.name, {TEXT: text})
    return say_looked(looked, draft.id, draft.subject)


def say_looked(looked: Looked, number: DraftId, subject: Subject) -> Message:
    """The scheme in words, and whether it is to be kept."""
    keep = Button("evaluation.keep_button", Action("evaluation.keep", number))
    drop = Button("evaluation.drop_button", Action("evaluation.drop", number))
    return Message("evaluation.looked", {"looked": looked}, [[keep, drop]], subject)


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.numbers(1)[0])


async def press_keep(_: Update, context: Context) -> None:
    """Button: keep the scheme that was shown."""
    number, actor = _draft(context), context.actor

    def unit(stores: Stores) -> None:
        draft = drafts.own_of(stores, actor, FORM.name, number)
        version = schemes.bring_in_as(stores, actor, text=draft.values[TEXT])
        stores.drafts.remove(draft.id)
        begin = [[Button("evaluation.new_button", Action("evaluation.new"))]]
        shown = Message("evaluation.kept", {"version": version}, begin, draft.subject)
        stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:done")

    await context.run(unit)
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """Button: leave it."""
    number, actor = _draft(context), context.actor

    def unit(stores: Stores) -> None:
        drafts.finish(stores, drafts.own_of(stores, actor, FORM.name, number))

    await context.run(unit)
    context.show_notice(Text("evaluation.dropped"))


async def press_sample(_: Update, context: Context) -> None:
    """Button: a sample of a scheme to edit."""
    kind = context.pressed.member(Kind, 0)
    content = await asyncio.to_thread(sample, SAMPLES[kind], context.actor.reader.language)
    check = partial(permissions.require, actor=context.actor, permission=PLAN)
    values = {"kind": kind}
    document = Document("evaluation.sample_name", TOML, content, values)
    await documents.send(context, document, Message("evaluation.sample_caption", values), use_case=check)
    context.acknowledge()


async def press_docx(_: Update, context: Context) -> None:
    """Button: the result as a document."""
    number = EvaluationId(context.pressed.numbers(1)[0])
    found = await context.read(partial(opening.report, actor=context.actor, number=number))
    content = await asyncio.to_thread(write, words_of(found, context.label))
    values = {"evaluation": found.standings.evaluation}
    await documents.send(
        context, Document("evaluation.file_name", "docx", content, values), Message("evaluation.sent", values)
    )
    context.acknowledge()


async def press_xlsx(_: Update, context: Context) -> None:
    """Button: the result as a table."""
    number = EvaluationId(context.pressed.numbers(1)[0])
    found = await context.read(partial(opening.report, actor=context.actor, number=number))
    content = await asyncio.to_thread(write_sheet, table_of(found, context.label), as_csv=False)
    values = {"evaluation": found.standings.evaluation}
    await documents.send(
        context, Document("evaluation.file_name", "xlsx", content, values), Message("evaluation.sent", values)
    )
    context.acknowledge()


FORM = Form("evaluation_scheme", (), PLAN, ends_elsewhere, awaits_press="evaluation.awaits_press")
PRESSES = (
    PrivatePress("evaluation.keep", press_keep, OWN),
    PrivatePress("evaluation.drop", press_drop, OWN),
    PrivatePress("evaluation.sample", press_sample, PLAN),
    PrivatePress("evaluation.docx", press_docx, OWN),
    PrivatePress("evaluation.xlsx", press_xlsx, OWN),
)
