"""/export 考核: a settlement as a file for who is in charge of its people."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import plain
import sheets
from domain.ids import SettlementId
from domain.messaging.message import Action, Button, Document, Message
from domain.people.permission import Permission
from domain.points import appraisal
from domain.points.event import Titled
from handlers import pages
from handlers.access import Needs
from handlers.arguments import after_command
from handlers.command import Command, Press
from handlers.context import always, nothing
from handlers.feature import Audience, Entry, Feature, Help, Section
from handlers.label import Label
from handlers.origin import text_of
from handlers.points.arguments import APPRAISAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message as Incoming
    from telegram import Update

    from domain.messaging.chat import Chat
    from domain.points.appraisal import Appraisal
    from domain.points.settled import Settlement
    from domain.table import Table
    from handlers.context import Context

ADJUST = Permission.ADJUST_POINTS
NEEDS = Needs(in_private=ADJUST)
WIDTHS = {"cause": 48, "name": 16, "value": 70}
WIDTH = 14  # characters
Cell = str | int | date | None


def is_appraisal(message: Incoming) -> bool:
    """Whether the message is /export 考核."""
    return plain.line(after_command(text_of(message))).lower() in APPRAISAL


async def export(_: Update, context: Context) -> None:
    """/export 考核: the file of the only settlement, else ask which one."""
    found = await context.read(partial(appraisal.choices, actor=context.actor))
    if len(found) > 1:
        await pages.show(context, nothing, always(choosing(found)))
        return
    document = await _made(context, found[0].id)
    await context.run(partial(appraisal.deliver, actor=context.actor, of=found[0], document=document, key=context.key))


def choosing(found: Sequence[Settlement]) -> Message:
    """A button for each settlement."""
    rows = [
        [Button("appraisal.settlement_button", Action("appraisal.choose", one.id), {"settlement": one})]
        for one in found
    ]
    return Message("appraisal.choose", buttons=rows)


async def press_choose(_: Update, context: Context) -> None:
    """Button: the file of this settlement; the question goes, so that pressing twice sends one."""
    number = SettlementId(context.pressed.having(1).number())
    found = await context.read(partial(appraisal.look, actor=context.actor, number=number))
    document = await _document(context, found)
    use_case = partial(appraisal.deliver, actor=context.actor, of=found.settlement, document=document, key=context.key)
    await pages.close(context, use_case)


async def _made(context: Context, number: SettlementId) -> Document:
    return await _document(context, await context.read(partial(appraisal.look, actor=context.actor, number=number)))


async def _document(context: Context, found: Appraisal) -> Document:
    write = partial(content, found, context.label, context.actor.reader, as_csv=False)
    named = {"settlement": found.settlement}
    return Document("appraisal.file_name", "xlsx", await asyncio.to_thread(write), named)


def content(found: Appraisal, label: Label, reader: Chat | None, *, as_csv: bool) -> bytes:
    """The file. No text in it is taken for a formula."""
    tables = [appraisal.flat(found)] if as_csv else appraisal.tables(found)
    return sheets.write([_sheet(one, label, reader) for one in tables], as_csv=as_csv)


def _sheet(table: Table, label: Label, reader: Chat | None) -> sheets.Table:
    words = partial(_cell, label=label, reader=reader, name=table.name)
    headings = [
        label("points.rule", rule=one) if isinstance(one, Titled) else label("appraisal.column", column=one)
        for one in table.columns
    ]
    widths = [WIDTHS.get(one, WIDTH) for one in table.columns]
    columns = [sheets.Column(*one) for one in zip(headings, widths, strict=True)]
    rows = [
        [words(value, column=column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    return sheets.Table(label("appraisal.sheet", sheet=table.name), columns, rows)


def _cell(value: object, *, column: str, label: Label, reader: Chat | None, name: str) -> Cell:
    if isinstance(value, Titled):
        return label("points.rule", rule=value)
    if column in ("kind", "what") or (name == "about" and value in ("provisional", "final", "default")):
        return label("appraisal.word", word=value)
    if isinstance(value, datetime):
        return f"{value if reader is None else reader.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)


FEATURE = Feature(
    "appraisal",
    handlers=(
        Command("export", export, NEEDS, when=is_appraisal, costly=True),
        Press("appraisal.choose", press_choose, ADJUST),
    ),
    entries=(
        Entry(
            "export",
            "appraisal",
            NEEDS,
            47,
            frozenset({Audience.NOBODY}),
            name="export_appraisal",
            help=Help(47, Section.IN_CHARGE),
        ),
    ),
)
