"""Trainings that were done before the plan: a file is read, shown, and brought in."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from domain.life.training import past
from domain.life.training.past import Line
from domain.messaging.message import Message, Subject
from domain.people.permission import Permission
from domain.refusal import Refusal
from handlers import access, documents, pages
from handlers.arguments import BadArguments
from handlers.command import PrivatePress
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, Told
from handlers.life.training_whom import group_of
from handlers.messaging import form
from sheets import WrongFile
from sheets.trainings import MAX_ROWS, PAST

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.training.past import Sorted
    from handlers.context import Context
    from handlers.form import AllStores as Stores
    from sheets.trainings import Row

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
TODAY = "today"


class NoTrainingFile(Refusal):
    """A file cannot be read as a table of trainings."""

    text = "training.no_file"


def _keep(lines: tuple[Line, ...]) -> str:
    told = [
        [one.row, one.number, one.name, one.training, None if one.day is None else one.day.isoformat(), one.score]
        for one in lines
    ]
    return json.dumps(told, ensure_ascii=False)


def _load(kept: str) -> tuple[Line, ...]:
    return tuple(
        Line(row, number, name, training, None if day is None else date.fromisoformat(day), score)
        for row, number, name, training, day, score in json.loads(kept)
    )


LINES: Codec[tuple[Line, ...]] = Codec(_keep, _load)


async def press_past(_: Update, context: Context) -> None:
    """Button: bring in what was done before."""
    there = await access.where_pressed(context, PLAN, context.pressed.numbers(1)[0])
    await form.begin_at(context, FORM, there, known={TODAY: there.today.isoformat()})
    context.acknowledge()


def ask_file(_: Stores, __: Filled) -> Message:
    """Ask for the file."""
    return Message("training.ask_file", {"most": MAX_ROWS})


async def hear_file(context: Context) -> Fill:
    """Read a file. Raises BadArguments, NoTrainingFile."""
    document = context.message.document if context.message else None
    if document is None:
        raise BadArguments("training.ask_file", most=MAX_ROWS)
    try:
        content = await documents.download(context, document.file_id, document.file_size)
    except WrongFile as error:
        raise _unreadable(error) from error
    found = await documents.read(context, PAST, content, unreadable=_unreadable)
    lines = tuple(map(_line, found))
    return lambda _, filled: filled.with_(FILE, lines)


def _unreadable(error: WrongFile) -> NoTrainingFile:
    return NoTrainingFile(wrong=error.reason, most=MAX_ROWS)


def _line(row: Row) -> Line:
    day = date.fromisoformat(row.day) if row.day else None
    return Line(row.row, row.number, row.name, row.training, day, row.score)


def preview(stores: Stores, filled: Filled) -> Message:
    """What would be brought in, and what is left out."""
    today = date.fromisoformat(filled.draft.values[TODAY])
    lines = filled[FILE]
    found = past.sort(stores, group_of(stores, filled), lines, today)
    return Message("training.past_preview", {"found": found})


async def bring_in(context: Context, filled: Filled) -> Ending:
    """Bring it in; whoever does is told so in private."""
    actor, private, lines = context.actor, filled.draft.chat, filled[FILE]

    def unit(stores: Stores) -> Told:
        found = past.keep(stores, actor, lines=lines)
        said = replace(say_kept(found), subject=Subject(pages.PAGE, context.update_id))
        stores.outbox.send(private, said, key=f"draft:{filled.draft.id}:kept", urgent=True)
        return Told()

    return unit


def say_kept(found: Sorted) -> Message:
    """How many were brought in."""
    return Message("training.past_kept", {"found": found})


FILE = Field("file", LINES, "training.field_file", ask_file, hear_file, takes_files=True)
FORM = Form("training_past", (FILE,), PLAN, bring_in, preview, for_groups=True)
PRESSES = (PrivatePress("training.past", press_past, OWN),)
