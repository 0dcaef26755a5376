"""An inspector's message: points by buttons, what was found in words and photos, corrections, answers to objections."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from telegram import Document

import plain
from domain.ids import InspectionId
from domain.life.inspection import cards, scoring
from domain.life.inspection.model import MAX_NOTE_CHARS, desk
from domain.life.inspection.wrong import InspectionNotFound
from domain.messaging.message import Attached, AttachedKind, Message, Text
from domain.people.permission import Permission
from handlers import documents
from handlers.action import ButtonExpired
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.form import Codec, Ending, Field, Fill, Filled, Form, Told
from handlers.messaging import form

if TYPE_CHECKING:
    from collections.abc import Callable

    from telegram import Update

    from domain.life.inspection.model import Sheet
    from domain.people.actor import Actor
    from handlers.context import Context
    from handlers.form import AllStores as Stores

ABOUT, ITEM = "about", "at"  # the draft's keys for the inspection, and the item of it
PART = Permission.TAKE_PART
Note = tuple[str, Attached | None]


def _keep(note: Note) -> str:
    words, file = note
    return json.dumps([words, *([] if file is None else [file.kind.value, file.id])], ensure_ascii=False)


def _load(kept: str) -> Note:
    words, *file = json.loads(kept)
    return words, Attached(AttachedKind(file[0]), file[1]) if file else None


NOTE_CODEC: Codec[Note] = Codec(_keep, _load)


async def shown(context: Context, use_case: Callable[[Stores], Sheet], notice: Text | None = None) -> None:
    """Run a use case of an inspector; their message shows what came of it."""
    member, key = context.actor.member.id, str(context.update_id)

    def unit(stores: Stores) -> None:
        cards.show_desk(stores, use_case(stores).round.id, member, key=key)

    await context.run(unit)
    if notice is None:
        context.acknowledge()
    else:
        context.show_notice(notice)


def show_below(stores: Stores, found: Sheet, actor: Actor, key: str) -> None:
    """The inspector's message comes anew at the end of the chat."""
    about = desk(found.round.id, actor.member.id)
    stores.outbox.delete(about, key=f"{about}:{key}:before")
    cards.show_desk(stores, found.round.id, actor.member.id, key=key)


async def press_item(_: Update, context: Context) -> None:
    """Button: look at an item, or at the list."""
    number, item = context.pressed.numbers(2)
    await shown(context, partial(scoring.turn, actor=context.actor, number=InspectionId(number), item=item))


async def press_points(_: Update, context: Context) -> None:
    """Button: the points of an item."""
    number, item, points = context.pressed.numbers(3)
    use_case = partial(scoring.score, actor=context.actor, number=InspectionId(number), item=item, points=points)
    await shown(context, use_case)


async def press_hand_in(_: Update, context: Context) -> None:
    """Button: hand in."""
    number = InspectionId(context.pressed.numbers(1)[0])
    use_case = partial(scoring.hand_in, actor=context.actor, number=number)
    await shown(context, use_case, Text("inspection.handed_in"))


async def press_resume(_: Update, context: Context) -> None:
    """Button: go on with an inspection, at the end of the chat."""
    number, actor, key = InspectionId(context.pressed.numbers(1)[0]), context.actor, str(context.update_id)

    def unit(stores: Stores) -> None:
        found = scoring.own(stores, actor, number=number)
        if found.round.is_running and not found.inspection.is_scored:
            found = scoring.turn(stores, actor, number=number, item=(found.missing or [0])[0])
        show_below(stores, found, actor, key)

    await context.run(unit)
    context.acknowledge()


def about(filled: Filled) -> InspectionId:
    """The inspection that a form is about. Raises ButtonExpired."""
    return InspectionId(filled.number(ABOUT))


def sheet_of(stores: Stores, filled: Filled) -> Sheet:
    """Raises InspectionNotFound where it is gone meanwhile."""
    found = stores.inspections.get(about(filled))
    if found is None or found.inspector != filled.draft.member:
        raise InspectionNotFound
    return cards.sheet(stores, found)


async def press_note(_: Update, context: Context) -> None:
    """Button: say what was found at an item."""
    number, item = context.pressed.numbers(2)
    found = await context.read(partial(scoring.own, actor=context.actor, number=InspectionId(number)))
    if found.round.rubric.item(item) is None:
        raise ButtonExpired
    await form.begin(context, NOTE, {ABOUT: str(number), ITEM: str(item)})
    context.acknowledge()


def ask_note(stores: Stores, filled: Filled) -> Message:
    """Ask what was found."""
    return Message(
        "inspection.ask_note", {"item": sheet_of(stores, filled).round.rubric.item(int(filled.draft.values[ITEM]))}
    )


async def hear_note(context: Context) -> Fill:
    """Read words, a photo, or both. Raises BadArguments."""
    words = plain.tidy(visible(context.text))[:MAX_NOTE_CHARS]
    file = documents.attached(context.message, too_big="inspection.too_big")
    if not words and file is None:
        raise BadArguments("inspection.no_note")
    kind = AttachedKind.DOCUMENT if isinstance(file, Document) else AttachedKind.PICTURE
    attached = None if file is None else Attached(kind, file.file_id)
    return lambda _, filled: filled.with_(FOUND, (words, attached))


async def keep_note(context: Context, filled: Filled) -> Ending:
    """Keep what was found; the next item comes below."""
    words, file = filled[FOUND]
    actor, key, item = context.actor, str(context.update_id), int(filled.draft.values[ITEM])

    def unit(stores: Stores) -> Told:
        found = scoring.note(stores, actor, number=about(filled), item=item, words=words, file=file)
        show_below(stores, found, actor, key)
        return Told()

    return unit


FOUND = Field("note", NOTE_CODEC, "inspection.field_note", ask_note, hear_note, takes_files=True)
NOTE = Form("inspection_note", (FOUND,), PART, keep_note)


FORMS = (NOTE,)
PRESSES = (
    PrivatePress("inspection.item", press_item),
    PrivatePress("inspection.points", press_points),
    PrivatePress("inspection.note", press_note),
    PrivatePress("inspection.hand_in", press_hand_in),
    PrivatePress("inspection.resume", press_resume),
)
