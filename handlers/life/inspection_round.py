"""A round in chat: how it stands, what would be final, calling it off, its report."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from domain.ids import InspectionRoundId
from domain.life.inspection import cards, closing, progress
from domain.life.inspection.closing import Final, pictured
from domain.life.inspection.model import Publish, bureau
from domain.messaging.message import Action, Button, Document, Message
from handlers import documents, pages
from handlers.action import ButtonExpired
from handlers.life.inspection_report import DOCX, XLSX, made

if TYPE_CHECKING:
    from telegram import Update

    from domain.life.inspection.cards import Progress
    from domain.life.inspection.figures import Results
    from domain.life.inspection.model import Round
    from handlers.context import Context
    from handlers.form import AllStores as Stores


def round_of(context: Context, count: int = 1) -> InspectionRoundId:
    """The number of the round that a button belongs to."""
    return InspectionRoundId(context.pressed.having(count).number())


def put_bureau(stores: Stores, context: Context, found: Progress) -> None:
    """How a round stands, at the end of the chat."""
    subject = bureau(found.round.id)
    stores.outbox.delete(subject, key=f"{context.key}:bureau:before")
    stores.outbox.send(context.actor.chat.id, cards.bureau_card(found), key=f"{context.key}:bureau", urgent=True)


async def press_round(_: Update, context: Context) -> None:
    """Button: how a round stands."""
    use_case = partial(progress.progress, actor=context.actor, number=round_of(context))
    await context.run(lambda stores: put_bureau(stores, context, use_case(stores)))
    context.acknowledge()


async def press_finish(_: Update, context: Context) -> None:
    """Button: show what would be final, and ask."""
    number, publish = round_of(context, 2), context.pressed.member(Publish, 1)
    use_case = partial(closing.outcome, actor=context.actor, number=number)
    await pages.show(context, use_case, partial(ask_finish, publish=publish))
    context.acknowledge()


def ask_finish(found: tuple[Progress, Results], *, publish: Publish) -> Message:
    """The ranking, the inspectors, and whether it is to be final."""
    shown, results = found
    yes = Button("inspection.confirm_button", Action("inspection.finished", shown.round.id, publish))
    no = Button("inspection.keep_button", Action("inspection.keep"))
    return Message("inspection.ask_finish", {"progress": shown, "results": results, "publish": publish}, [[yes, no]])


async def press_finished(_: Update, context: Context) -> None:
    """Button: make it final."""
    number, publish = round_of(context, 2), context.pressed.member(Publish, 1)
    use_case = partial(closing.finish, actor=context.actor, number=number, publish=publish)

    def unit(stores: Stores) -> None:
        final = use_case(stores)
        stores.outbox.send(context.actor.chat.id, say_finished(final), key=f"{context.key}:final", urgent=True)
        put_bureau(stores, context, final.progress)

    await pages.close(context, unit)


def say_finished(final: Final) -> Message:
    """The ranking as a picture, and what goes to rectification."""
    picture = pictured(final.progress.round, final.results.lines)
    return Message("inspection.finished", {"final": final}, picture=picture)


async def press_call_off(_: Update, context: Context) -> None:
    """Button: ask whether a round is called off."""
    use_case = partial(progress.progress, actor=context.actor, number=round_of(context))
    await pages.show(context, use_case, lambda found: ask_call_off(found.round))
    context.acknowledge()


def ask_call_off(round_: Round) -> Message:
    """The question."""
    yes = Button("inspection.called_off_button", Action("inspection.called_off", round_.id))
    no = Button("inspection.not_called_off_button", Action("inspection.keep"))
    return Message("inspection.ask_call_off", {"round_": round_}, [[yes, no]])


async def press_called_off(_: Update, context: Context) -> None:
    """Button: call it off."""
    use_case = partial(closing.call_off, actor=context.actor, number=round_of(context))

    def unit(stores: Stores) -> None:
        found = use_case(stores)
        stores.outbox.delete(bureau(found.round.id), key=f"{context.key}:bureau:before")
        stores.outbox.send(context.actor.chat.id, Message("inspection.called_off"), key=context.key, urgent=True)

    await pages.close(context, unit)


async def press_keep(_: Update, context: Context) -> None:
    """Button: nothing is final, and nothing called off."""
    await pages.close(context, lambda _: None)


async def press_file(_: Update, context: Context) -> None:
    """Button: the report."""
    number, ending_ = round_of(context, 2), context.pressed.word(1)
    if ending_ not in (DOCX, XLSX):
        raise ButtonExpired
    found, results = await context.read(partial(closing.outcome, actor=context.actor, number=number))
    content = await asyncio.to_thread(made, found, results, ending_, context.label)
    document = Document("inspection.file_name", ending_, content, {"round_": found.round})
    await documents.send(context, document, Message("inspection.sent", {"round_": found.round}))
    context.acknowledge()
