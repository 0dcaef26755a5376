"""Questionnaires in chat: /survey alone, the way into their form, and what whoever asked one can do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import DraftId, RoundId
from domain.messaging import draft as drafts
from domain.messaging.message import Action, Button, DeepLink, Message
from domain.people.permission import NobodyKnown, Permission
from domain.voice.questionnaire import service
from handlers import access, pages
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.context import always, nothing
from handlers.feature import Feature
from handlers.form import PREVIEW, Filled
from handlers.links import number_in
from handlers.messaging import asking, form
from handlers.voice import questionnaire_answers as answers
from handlers.voice.questionnaire_card import End, say_card, say_sure
from handlers.voice.questionnaire_form import FORM, preview_page

if TYPE_CHECKING:
    from telegram import Update

    from domain.voice.questionnaire.round import Round
    from handlers.context import Context
    from handlers.form import AllStores as Stores

LINK = "questionnaire_"


async def choose(context: Context) -> None:
    """/survey alone: one question in the group, or a questionnaire, which is made in private. Raises NobodyKnown."""
    if not context.actor.member.is_person:
        raise NobodyKnown(secretary=False)
    group = context.actor.chat
    if not group.is_group and not await access.where_allowed(context, FORM.needs):
        await form.begin_for_group(context, FORM)  # says so
        return
    one = Button("questionnaire.one_button", Action("survey.one", context.thread.reply_to or 0))
    action = DeepLink(f"{LINK}{group.id}") if group.is_group else Action("questionnaire.new")
    message = Message("questionnaire.choose", buttons=[[one, Button("questionnaire.many_button", action)]])
    await pages.show(context, nothing, always(message))


async def press_new(_: Update, context: Context) -> None:
    """Button: make a questionnaire, in private."""
    await form.begin_for_group(context, FORM, pressed=True)
    context.acknowledge()


async def start(context: Context, payload: str) -> bool:
    """A deep link: to a round, or to the form for a group."""
    if await answers.start(context, payload):
        return True
    number = number_in(payload, LINK)
    if number is None or context.actor.chat.is_group:
        return False
    await form.begin_at(context, FORM, await access.where_pressed(context, FORM.needs, number))
    return True


async def press_page(_: Update, context: Context) -> None:
    """Button: another page of the preview."""
    number, page = context.pressed.numbers(2)

    def unit(stores: Stores) -> None:
        draft = drafts.own(stores, context.actor, number=DraftId(number))
        if draft.form != FORM.name or draft.step != PREVIEW:
            raise ButtonExpired
        message = preview_page(stores, Filled(draft), page)
        shown = Message(message.text, message.values, asking.preview_buttons(draft, message), draft.subject)
        stores.outbox.edit(draft.subject, shown, key=f"{draft.subject}:{context.update_id}")

    await context.run(unit)
    context.acknowledge()


async def press_end(_: Update, context: Context) -> None:
    """Button: close, withdraw or stop; it is asked whether that is meant."""
    number, end = RoundId(context.pressed.having(2).number()), context.pressed.member(End, 1)

    def unit(stores: Stores) -> None:
        one = service.show(stores, context.actor, number=number)
        stores.outbox.edit(service.card(one), say_sure(one, end), key=_key(context, one))

    await context.run(unit)
    context.acknowledge()


def _key(context: Context, one: Round) -> str:
    return f"{service.card(one)}:{context.update_id}"


async def press_sure(_: Update, context: Context) -> None:
    """Button: it is meant."""
    number, end = RoundId(context.pressed.having(2).number()), context.pressed.member(End, 1)
    use_case = {End.CLOSE: service.close_early, End.WITHDRAW: service.withdraw, End.STOP: service.stop_repeating}[end]
    await _refresh_card(context, partial(use_case, number=number))


async def press_keep(_: Update, context: Context) -> None:
    """Button: it was not meant."""
    await _refresh_card(context, partial(service.show, number=RoundId(context.pressed.numbers(1)[0])))


async def _refresh_card(context: Context, use_case: partial[Round]) -> None:
    def unit(stores: Stores) -> None:
        one = use_case(stores, context.actor)
        stores.outbox.edit(service.card(one), say_card(one), key=_key(context, one))

    await context.run(unit)
    context.acknowledge()


FEATURE = Feature(
    "questionnaire",
    handlers=(
        PrivatePress("questionnaire.new", press_new, Permission.SEE_OWN),
        PrivatePress("questionnaire.page", press_page, Permission.SEE_OWN),
        PrivatePress("round.end", press_end, Permission.SEE_OWN),
        PrivatePress("round.sure", press_sure, Permission.SEE_OWN),
        PrivatePress("round.keep", press_keep, Permission.SEE_OWN),
        *answers.PRESSES,
    ),
    start=start,
    forms=(FORM, answers.TYPED),
)
