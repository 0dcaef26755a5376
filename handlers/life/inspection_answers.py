"""The inspected branch: its scores at the end of the chat, agreeing, objecting, photos."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import plain
from domain.ids import InspectionId
from domain.life.inspection import answering, cards
from domain.messaging.message import Message, Text
from domain.people.permission import Permission
from handlers.arguments import BadArguments, visible
from handlers.command import PrivatePress
from handlers.form import WORDS, Ending, Field, Fill, Filled, Form, ending
from handlers.life.fields import asks
from handlers.life.inspection_scoring import ABOUT, about
from handlers.messaging import form

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.inspection.model import Sheet
    from handlers.context import Context
    from handlers.form import AllStores as Stores

PLAN = Permission.PLAN_WORK
MAX_FILES = 12


def _number(context: Context) -> InspectionId:
    return InspectionId(context.pressed.numbers(1)[0])


async def press_look(_: Update, context: Context) -> None:
    """Button: what was found, at the end of the chat."""
    number, actor, key = _number(context), context.actor, context.key

    def unit(stores: Stores) -> None:
        found = answering.shown(stores, actor, number=number)
        stores.outbox.delete(found.inspection.card, key=f"{key}:before")
        stores.outbox.send(actor.chat.id, cards.answer_card(found), key=key, urgent=True)

    await context.run(unit)
    context.acknowledge()


async def press_accept(_: Update, context: Context) -> None:
    """Button: agree."""
    use_case = partial(answering.accept, actor=context.actor, number=_number(context))
    await context.notify(use_case, lambda _: Text("inspection.accepted"))


async def press_object(_: Update, context: Context) -> None:
    """Button: object."""
    number = _number(context)
    await context.read(partial(answering.waiting, actor=context.actor, number=number))
    await form.begin(context, OBJECT, {ABOUT: str(number)})
    context.acknowledge()


async def press_files(_: Update, context: Context) -> None:
    """Button: the photos of what was found."""
    number, actor, key = _number(context), context.actor, context.key

    def unit(stores: Stores) -> None:
        found = answering.shown(stores, actor, number=number)
        lines = [one for one in found.findings if one[2].file is not None][:MAX_FILES]
        for place, item, score in lines:
            message = Message("inspection.file_shown", {"number": place, "item": item, "score": score}, silent=True)
            shown = replace(message, attached=score.file)
            stores.outbox.send(actor.chat.id, shown, key=f"{key}:{place}", urgent=True)

    await context.run(unit)
    context.acknowledge()


async def hear_words(context: Context) -> Fill:
    """Read it. Raises BadArguments."""
    words = plain.tidy(visible(context.text))
    if not words:
        raise BadArguments("inspection.no_reason")
    return lambda _, filled: filled.with_(OBJECTION, words)


async def object_(context: Context, filled: Filled) -> Ending:
    """Object."""
    use_case = partial(answering.object_, actor=context.actor, number=about(filled), words=filled[OBJECTION])
    return ending(use_case, say_objected)


def say_objected(_: Sheet) -> Message:
    """The confirmation."""
    return Message("inspection.objected")


OBJECTION = Field("words", WORDS, "inspection.field_words", asks("inspection.ask_objection"), hear_words)
OBJECT = Form("inspection_object", (OBJECTION,), PLAN, object_)
PRESSES = (
    PrivatePress("inspection.look", press_look, PLAN),
    PrivatePress("inspection.accept", press_accept, PLAN),
    PrivatePress("inspection.object", press_object, PLAN),
    PrivatePress("inspection.files", press_files, PLAN),
)
