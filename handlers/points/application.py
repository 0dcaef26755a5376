"""Applications in chat: /apply, 申报 under /points, and the buttons of those who answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from domain.ids import ApplicationId
from domain.messaging.message import Action, Button, Document, Message, Text
from domain.people.permission import Permission
from domain.points import application
from domain.points.application import NoFile, Page, Shown
from handlers import documents, pages
from handlers.access import Needs
from handlers.arguments import after_command
from handlers.command import Command, PrivatePress
from handlers.feature import Audience, Entry, Feature, Help
from handlers.messaging import form
from handlers.points import application_form
from sheets import WrongFile

if TYPE_CHECKING:
    from telegram import Update

    from domain.points.features import Stores
    from handlers.context import Context

ANSWER = Permission.ADJUST_POINTS
NEEDS = Needs(in_private=Permission.TAKE_PART)


async def apply(_: Update, context: Context) -> None:
    """/apply [WORDS]: what one may apply for; with the evidence, begin the form. Raises WrongEvidence, BadArguments."""
    words = after_command(context.text)
    if not words.strip():
        await pages.show(context, partial(application.page, actor=context.actor), say_page)
        return
    await context.read(partial(application.page, actor=context.actor))
    known = {application_form.EVIDENCE.name: application.check_text(words)}
    file = application_form.file_in(context.message)
    if file is not None:
        known[application_form.FILE.name] = application_form.FILE_KEPT.keep(file)
    await form.begin(context, application_form.FORM, known)


async def press_open(_: Update, context: Context) -> None:
    """Button under /points: what one may apply for."""
    context.pressed.having(0)
    await pages.show(context, partial(application.page, actor=context.actor), say_page)
    context.acknowledge()


def say_page(page: Page) -> Message:
    """What somebody may apply for, and what of theirs waits, each with its button."""
    own = [
        [Button("application.withdraw_button", Action("application.withdraw", one.application.id), {"shown": one})]
        for one in page.own
    ]
    items = [
        [Button("application.item_button", Action("application.pick", str(one.rule)), {"offered": one})]
        for one in page.offered
    ]
    return Message("application.page", {"page": page}, [*items, *own])


async def press_pick(_: Update, context: Context) -> None:
    """Button: apply for this item. Raises what `application.chosen` does."""
    item = context.pressed.having(1).word()
    found = await context.read(partial(application.chosen, actor=context.actor, item=item))
    await form.begin(context, application_form.FORM, {application_form.ITEM.name: str(found.rule)})
    context.acknowledge()


def _number(context: Context) -> ApplicationId:
    return ApplicationId(context.pressed.having(1).number())


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: take back what one has applied for. The confirmation says so, and the page if it was pressed there."""
    await context.run(partial(_withdraw, context=context, number=_number(context)))
    context.acknowledge()


def _withdraw(stores: Stores, *, context: Context, number: ApplicationId) -> None:
    shown, place = application.withdraw(stores, context.actor, number=number), context.place
    page = stores.outbox.subject(context.actor.chat.id, place.message_id) if place else None
    if page is not None and page.kind == pages.PAGE:
        stores.outbox.edit(page, say_withdrawn(shown), key=f"{page}:{context.update_id}")


def say_withdrawn(shown: Shown) -> Message:
    """The answer after an application was withdrawn."""
    return Message("application.withdrawn", {"shown": shown})


async def press_inbox(_: Update, context: Context) -> None:
    """Button of today's card: the message with the buttons to answer, again."""
    context.pressed.having(0)
    await context.run(partial(application.show_waiting, actor=context.actor, key=context.key))
    context.acknowledge()


async def press_approve(_: Update, context: Context) -> None:
    """Button: agree."""
    number = _number(context)
    await context.notify(partial(application.approve, actor=context.actor, number=number), notice_answered)


def notice_answered(shown: Shown) -> Text:
    """The notice after an answer."""
    return Text("application.answered_notice", {"shown": shown})


async def press_refuse(_: Update, context: Context) -> None:
    """Button: ask for the reason."""
    number = _number(context)
    await context.read(partial(application.answerable, actor=context.actor, number=number))
    await form.begin(context, application_form.REFUSE, {application_form.APPLICATION: str(number)})
    context.acknowledge()


async def press_file(_: Update, context: Context) -> None:
    """Button: the photo or file. Raises NoFile where the platform does not have it any more."""
    number = _number(context)
    file = await context.read(partial(application.file_of, actor=context.actor, number=number))
    try:
        content = await documents.download(context, file.id, None)
    except (BadRequest, TimeoutError, WrongFile) as error:
        raise NoFile from error
    check = partial(application.file_of, actor=context.actor, number=number)
    document = Document("application.file_name", file.ending, content, {"number": number})
    await documents.send(context, document, Message("application.file_caption"), use_case=check)
    context.acknowledge()


FEATURE = Feature(
    "application",
    handlers=(
        Command("apply", apply, NEEDS),
        PrivatePress("application.open", press_open),
        PrivatePress("application.pick", press_pick),
        PrivatePress("application.withdraw", press_withdraw),
        PrivatePress("application.inbox", press_inbox, ANSWER),
        PrivatePress("application.approve", press_approve, ANSWER),
        PrivatePress("application.refuse", press_refuse, ANSWER),
        PrivatePress("application.file", press_file, ANSWER),
    ),
    forms=(application_form.FORM, application_form.REFUSE),
    entries=(
        Entry(
            "apply", "application", NEEDS, 142, frozenset({Audience.NOBODY}), help=Help(62), shown=application.in_use
        ),
    ),
)
