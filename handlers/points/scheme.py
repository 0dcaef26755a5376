"""Rules of points in private: an administrator sends the file, sees what it would have given, and activates it."""

import asyncio
from datetime import timedelta
from functools import partial

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

from domain.admin.toml.outside import Sound
from domain.admin.toml.problem import Problem
from domain.ids import DraftId
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from domain.points.scheme import service, simulation
from domain.points.scheme.outside import text_of
from domain.points.scheme.simulation import Simulated, Simulation
from domain.refusal import Refusal
from handlers import access, documents
from handlers.command import Press
from handlers.context import Context
from handlers.feature import Feature
from handlers.form import Form, ends_elsewhere
from handlers.messaging import speech
from sheets import Reason, WrongFile
from sheets.process import Busy
from sheets.reader import Reader

SCHEME = Reader("domain.points.scheme.outside:entry", (Problem, Sound), text_of)
CHANGE_POINTS = Permission.CHANGE_POINTS
FILE = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & filters.Document.FileExtension("toml")
PATIENCE = 50  # seconds for a file to come and to be read: less than a handler is given
PLAYED_AGAIN = timedelta(days=90)
MAX_STEPS = 200  # of a thousand entries; a longer ledger is played again on the command line


class NoSchemeFile(Refusal):
    """The file cannot be had or read."""

    text = "scheme.no_file"


class SchemesWait(Refusal):
    """Others' files, or earlier ones of the same person, are still being read."""

    text = "scheme.files_wait"


async def take(update: Update, context: Context) -> None:
    """A TOML file in private: from an administrator it is rules of points, from anybody else an ordinary message."""
    document = context.message and context.message.document
    if not document or await speech.awaits_file(context) or not await _may_send(context):
        await speech.hear(update, context)
        return
    content = await _download(context, document.file_id, document.file_size)
    if await documents.taken(context, document, content):
        return
    if not await access.may(context, CHANGE_POINTS):
        await speech.hear(update, context)
        return
    text = await _read(context, content)
    scheme = await context.read(partial(service.look, actor=context.actor, text=text))
    simulated = await _simulate(context, Simulation(scheme, context.actor.today - PLAYED_AGAIN))
    await context.answer(partial(service.propose, actor=context.actor, text=text, simulated=simulated), say_proposed)


def say_proposed(proposed: Message) -> Message:
    """The preview of what the rules would have given."""
    return proposed


async def _may_send(context: Context) -> bool:
    """Whether somebody may send rules of points, or another TOML file that a feature takes."""
    return await access.may(context, CHANGE_POINTS) or await access.may(context, Permission.KEEP_LIBRARY)


async def _download(context: Context, file_id: str, size: int | None) -> bytes:
    """Raises NoSchemeFile."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await documents.download(context, file_id, size)
    except (BadRequest, TimeoutError) as error:
        raise NoSchemeFile(wrong=Reason.TOO_COSTLY) from error
    except WrongFile as error:
        raise NoSchemeFile(wrong=error.reason) from error


async def _read(context: Context, content: bytes) -> str:
    """The rules in a file. Raises WrongScheme, NoSchemeFile, SchemesWait."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await context.services.files.read(SCHEME, content, owner=context.actor.member.id)
    except Busy as error:
        raise SchemesWait from error
    except TimeoutError as error:
        raise NoSchemeFile(wrong=Reason.TOO_COSTLY) from error
    except WrongFile as error:
        raise NoSchemeFile(wrong=error.reason) from error


async def _simulate(context: Context, played: Simulation) -> Simulated | None:
    """Play the ledger again, some entries at a time, so that nobody waits for it; `None` where it is too long."""
    for _ in range(MAX_STEPS):
        found = await context.read(partial(simulation.step, actor=context.actor, simulation=played))
        if found is not None:
            return found
    return None


async def press_activate(_: Update, context: Context) -> None:
    """Button: activate the rules that were shown."""
    await context.run(partial(service.agree, actor=context.actor, number=_pressed(context)))
    context.acknowledge()


async def press_drop(_: Update, context: Context) -> None:
    """Button: leave everything as it is."""
    await context.run(partial(service.decline, actor=context.actor, number=_pressed(context)))
    context.show_notice(Text("scheme.dropped"))


def _pressed(context: Context) -> DraftId:
    return DraftId(context.pressed.having(1).number())


FORM = Form(service.FORM, (), CHANGE_POINTS, ends_elsewhere, awaits_press="scheme.awaits_button_press")
FEATURE = Feature(
    "scheme",
    handlers=(
        Press("scheme.activate", press_activate, CHANGE_POINTS),
        Press("scheme.drop", press_drop, CHANGE_POINTS),
        MessageHandler(FILE, take),
    ),
    forms=(FORM,),
)
