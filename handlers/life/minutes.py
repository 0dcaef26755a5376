"""Minutes in chat: text or a file, the tasks that follow from it, and the document."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import ChatId, MeetingId
from domain.life.meeting import looking, minutes
from domain.life.meeting.minutes import MAX_CHARS, Errand, Fault, Record, Recorded, TooLong, Written
from domain.life.rectification.card import show_button
from domain.messaging.message import Action, Button, Document, Message
from domain.people import naming
from domain.people.naming import Chosen
from domain.people.permission import Permission
from domain.refusal import Refusal
from handlers import documents
from handlers.arguments import BadArguments, visible, working
from handlers.command import PrivatePress
from handlers.feature import Feature
from handlers.form import AskAgain, Codec, Ending, Field, Fill, Filled, Form, Told
from handlers.life.groups import in_group_of
from handlers.life.minutes_document import words_of
from handlers.life.minutes_lines import faults_in, lines_in
from handlers.messaging import form
from handlers.messaging.asking import PLACE
from sheets import WrongFile
from sheets.documents.reading import DOCUMENT
from sheets.documents.writing import write

if TYPE_CHECKING:
    from telegram import Update

    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN, OWN = Permission.PLAN_WORK, Permission.SEE_OWN
ABOUT, OPENED = "about", 6


class NoMinutesFile(Refusal):
    """A file cannot be read as minutes."""

    text = "minutes.no_file"


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was sent: the text, the tasks and findings in it, and lines that cannot be read to their end."""

    text: str
    errands: tuple[Errand, ...]
    unread: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def _keep(one: Minutes) -> str:
    errands = [[str(each.owner), int(each.due_at.timestamp()), each.title] for each in one.errands]
    faults = [[each.title, each.due_at and int(each.due_at.timestamp())] for each in one.faults]
    return json.dumps([one.text, errands, one.unread, faults], ensure_ascii=False)


def _load(kept: str) -> Minutes:
    text, errands, unread, *more = json.loads(kept)
    made = []
    for owner, due, title in errands:
        chosen = Chosen.read(owner)
        if chosen is not None:
            made.append(Errand(chosen, datetime.fromtimestamp(due, UTC), title))
    faults = [Fault(title, due and datetime.fromtimestamp(due, UTC)) for title, due in (more[0] if more else ())]
    return Minutes(text, tuple(made), tuple(unread), tuple(faults))


MINUTES: Codec[Minutes] = Codec(_keep, _load)


async def _there(context: Context, number: MeetingId) -> Actor:
    return await in_group_of(context, partial(looking.group_of, number=number))


def _number(context: Context) -> MeetingId:
    return MeetingId(context.pressed.numbers(1)[0])


async def press_write(_: Update, context: Context) -> None:
    """Button of a meeting's private card: write or send its minutes."""
    number = _number(context)
    there = await _there(context, number)
    await context.read(partial(minutes.ready, actor=there, number=number))
    await form.begin_at(context, FORM, there, known={ABOUT: str(number)})
    context.acknowledge()


def _about(filled: Filled) -> MeetingId:
    return MeetingId(filled.number(ABOUT))


def ask_text(stores: Stores, filled: Filled) -> Message:
    """Ask for the minutes."""
    return Message("minutes.ask", {"meeting": stores.meetings.get(_about(filled))})


async def hear_text(context: Context) -> Fill:
    """Read minutes, written or in a file. Raises BadArguments, NoMinutesFile, TooLong."""
    text, group, at = await _text(context), context.actor.group, context.now
    if len(text) > MAX_CHARS:
        raise TooLong(most=MAX_CHARS)
    names = await context.read(lambda stores: naming.directory(stores, group))
    hours = await working(context)
    found, unread = lines_in(text, names, group.local(at), hours)
    faults, vague = faults_in(text, group.local(at), hours)

    def fill(stores: Stores, filled: Filled) -> Filled:
        owners = naming.settled(stores, [one.owner for one in found], group, at)
        clear = [
            Errand(owner, one.due_at, one.title)
            for one, owner in zip(found, owners, strict=True)
            if isinstance(owner, Chosen)
        ]
        unclear = [one.text for one, owner in zip(found, owners, strict=True) if not isinstance(owner, Chosen)]
        return filled.with_(TEXT, Minutes(text, tuple(clear), (*unread, *unclear, *vague), tuple(faults)))

    return fill


async def _text(context: Context) -> str:
    document = context.message.document if context.message else None
    if document is None:
        words = visible(context.text)
        if not words:
            raise BadArguments("minutes.no_text")
        return words
    try:
        content = await documents.download(context, document.file_id, document.file_size)
    except WrongFile as error:
        raise _unreadable(error) from error
    found = await documents.read(context, DOCUMENT, content, unreadable=_unreadable)
    return "\n".join(found)


def _unreadable(error: WrongFile) -> NoMinutesFile:
    return NoMinutesFile(wrong=error.reason)


def preview(stores: Stores, filled: Filled) -> Message:
    """The tasks that would be given, and the lines that were not understood."""
    meeting, found = stores.meetings.get(_about(filled)), filled[TEXT]
    group, at = stores.chats.get(ChatId(int(filled.draft.values[PLACE]))), filled_at(found)
    new = minutes.fresh(stores, group, _about(filled), found.errands, at)
    rows = [(one, who) for one in new for who in naming.shown(stores, [one.owner], group, at)]
    values = {"meeting": meeting, "rows": rows, "unread": found.unread, "length": len(found.text)}
    return Message("minutes.preview", {**values, "before": len(found.errands) - len(new), "faults": found.faults})


def filled_at(found: Minutes) -> datetime:
    """A moment for a look-up that meets nobody."""
    return min((one.due_at for one in found.errands), default=datetime(1, 1, 1, tzinfo=UTC))


async def keep(context: Context, filled: Filled) -> Ending:
    """Keep the minutes and give the tasks. Raises AskAgain where a deadline has passed meanwhile."""
    found, actor, private = filled[TEXT], context.actor, filled.draft.chat
    due = [*(one.due_at for one in found.errands), *(one.due_at for one in found.faults)]
    if any(one is not None and one <= context.now for one in due):
        raise AskAgain(TEXT, BadArguments("task.past_deadline"))
    source = f"draft:{filled.draft.id}"

    def unit(stores: Stores) -> Told:
        written = Written(found.text, found.errands, found.faults)
        recorded = minutes.keep(stores, actor, number=_about(filled), written=written, source=source)
        stores.outbox.send(private, say_kept(recorded), key=context.key, urgent=True)
        return Told()

    return unit


def say_kept(recorded: Recorded) -> Message:
    """What was kept, what was given, and what goes to the next meeting."""
    values = {"meeting": recorded.meeting, "count": len(recorded.given), "left": recorded.left}
    document = Button("minutes.document_button", Action("minutes.document", recorded.meeting.id))
    rows = [[document], *([show_button(one)] for one in recorded.opened[:OPENED])]
    return Message("minutes.kept", {**values, "opened": len(recorded.opened)}, rows)


TEXT = Field("text", MINUTES, "minutes.field_text", ask_text, hear_text, takes_files=True)
FORM = Form("minutes", (TEXT,), PLAN, keep, preview)


async def press_document(_: Update, context: Context) -> None:
    """Button: the minutes as a document, with who was there."""
    number = _number(context)
    there = await _there(context, number)
    found: Record = await context.read(partial(minutes.record, actor=there, number=number))
    content = await asyncio.to_thread(write, words_of(found, context.label))
    document = Document("minutes.file_name", "docx", content, {"meeting": found.roll.meeting})
    await documents.send(context, document, Message("minutes.sent", {"meeting": found.roll.meeting}))
    context.acknowledge()


FEATURE = Feature(
    "minutes",
    handlers=(
        PrivatePress("minutes.write", press_write, OWN),
        PrivatePress("minutes.document", press_document, OWN),
    ),
    forms=(FORM,),
)
