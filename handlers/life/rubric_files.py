"""A rubric's file in private: shown, then kept after it was agreed to."""

from __future__ import annotations

import asyncio
import re
from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from domain.admin.toml.outside import Sound
from domain.admin.toml.problem import Problem
from domain.ids import DraftId
from domain.life.inspection import keeping
from domain.life.inspection.outside import rubric_of
from domain.messaging.message import Document, Message, Text
from domain.people import permission as permissions
from domain.people.permission import Permission
from domain.refusal import Refusal
from handlers import access, documents
from handlers.command import PrivatePress
from handlers.form import Form, ends_elsewhere
from handlers.life.samples import TOML, sample
from sheets import Reason, WrongFile
from sheets.reader import Reader

if TYPE_CHECKING:
    from telegram import Document as Sent
    from telegram import Update

    from domain.life.inspection.rubric import Rubric
    from handlers.context import Context

RUBRIC = Reader("domain.life.inspection.outside:entry", (Problem, Sound), rubric_of)
PLAN = Permission.PLAN_WORK
LOOKED_AT = 65_536
HEADING = re.compile(rb"^[ \t]*\[\[[ \t]*criterion[ \t]*\]\]", re.MULTILINE)


class NoRubricFile(Refusal):
    """The file cannot be had or read."""

    text = "inspection.no_file"


class RubricsWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "inspection.files_wait"


def looks_like(content: bytes) -> bool:
    """Whether a file may be a rubric."""
    return HEADING.search(content[:LOOKED_AT]) is not None


async def take(context: Context, document: Sent, content: bytes) -> bool:
    """A file in private that looks like a rubric. Raises WrongRubric, NoRubricFile, RubricsWait."""
    if not looks_like(content) or not await access.may(context, PLAN):
        return False
    found, name = await _read(context, content), documents.plain_name(document.file_name or "")
    propose = partial(keeping.propose, actor=context.actor, rubric=found, file=document.file_id, name=name)
    await context.answer(propose, say_proposed)
    return True


def say_proposed(proposed: Message) -> Message:
    """The preview of what would be kept."""
    return proposed


async def _read(context: Context, content: bytes) -> Rubric:
    """Raises WrongRubric, NoRubricFile, RubricsWait."""
    return await documents.read(
        context, RUBRIC, content, busy=RubricsWait, unreadable=lambda error: NoRubricFile(wrong=error.reason)
    )


async def press_import(_: Update, context: Context) -> None:
    """Button: keep what was shown. The file is fetched once more."""
    number = _draft(context)
    file = await context.read(partial(keeping.proposed, actor=context.actor, number=number))
    try:
        found = await _read(context, await documents.download(context, file, None))
    except BadRequest as error:
        raise NoRubricFile(wrong=Reason.TOO_COSTLY) from error
    except WrongFile as error:
        raise NoRubricFile(wrong=error.reason) from error
    await context.run(partial(keeping.agree, actor=context.actor, number=number, rubric=found))
    context.acknowledge()


async def press_decline(_: Update, context: Context) -> None:
    """Button: keep nothing."""
    await context.run(partial(keeping.decline, actor=context.actor, number=_draft(context)))
    context.show_notice(Text("inspection.declined"))


async def press_sample(_: Update, context: Context) -> None:
    """Button: a sample to edit."""
    content = await asyncio.to_thread(sample, "party-work", context.actor.reader.language)
    check = partial(permissions.require, actor=context.actor, permission=PLAN)
    document = Document("inspection.sample_name", TOML, content)
    await documents.send(context, document, Message("inspection.sample_caption"), use_case=check)
    context.acknowledge()


def _draft(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


FORM = Form(keeping.FORM, (), PLAN, ends_elsewhere, awaits_press="inspection.awaits_button_press")
PRESSES = (
    PrivatePress("inspection.import", press_import, PLAN),
    PrivatePress("inspection.decline", press_decline, PLAN),
    PrivatePress("inspection.sample", press_sample, PLAN),
)
