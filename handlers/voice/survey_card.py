"""Open surveys in chat: their private cards with buttons, /surveys, and words in a reply to the poll."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from domain.ids import SurveyId
from domain.messaging.message import Action, Button, Message, Reaction, Text
from domain.people.permission import Permission
from domain.voice import survey
from domain.voice.survey import Nudged, Survey
from handlers import access, pages
from handlers.access import Needs
from handlers.action import ButtonExpired
from handlers.command import Command, PrivatePress
from handlers.context import Context, nothing
from handlers.feature import Audience, Entry, Help, Section
from language import ballot
from language.ballot import Order

if TYPE_CHECKING:
    from telegram import Update

    from domain.people.actor import Actor
    from domain.voice.features import Stores

NEEDS, SHOWN = Needs(in_private=Permission.TAKE_PART), Needs(in_private=Permission.ASK_SURVEYS)
MAX_CARDS = 8  # at once


async def show(_: Update, context: Context) -> None:
    """/surveys: the cards of the open surveys that the sender may close or withdraw."""
    cards = await context.read(partial(survey.running, actor=context.actor))
    if not cards:
        await context.say(Message("survey.none_open"))
        return

    def unit(stores: Stores) -> None:
        for number, card in enumerate(cards[:MAX_CARDS]):
            stores.outbox.send(context.actor.chat.id, card, key=f"{context.key}:{number}", urgent=True)

    await context.run(unit)


async def _acting(context: Context, number: SurveyId) -> Actor:
    """The sender as an actor in the survey's group. Raises ButtonExpired."""
    group = await context.read(partial(survey.group_of, survey_id=number))
    if group is None:
        raise ButtonExpired
    return await access.in_group(context, group, Permission.ASK_SURVEYS)


async def _pressed(context: Context) -> tuple[Actor, SurveyId]:
    number = SurveyId(context.pressed.having(1).number())
    return await _acting(context, number), number


async def press_close(_: Update, context: Context) -> None:
    """Button: close a survey now."""
    actor, number = await _pressed(context)
    await context.notify(partial(survey.close_early, actor=actor, survey_id=number), say_closed)


async def press_nudge(_: Update, context: Context) -> None:
    """Button: remind those who have not voted."""
    actor, number = await _pressed(context)
    await context.notify(partial(survey.nudge, actor=actor, survey_id=number), say_nudged)


async def press_withdraw(_: Update, context: Context) -> None:
    """Button: ask whether a survey is to be withdrawn."""
    actor, number = await _pressed(context)
    await pages.show(context, partial(survey.look, actor=actor, survey_id=number), ask_whether)
    context.acknowledge()


async def press_withdrawn(_: Update, context: Context) -> None:
    """Button: withdraw a survey."""
    actor, number = await _pressed(context)
    await pages.close(context, partial(survey.withdraw, actor=actor, survey_id=number))


async def press_keep(_: Update, context: Context) -> None:
    """Button: it is not withdrawn."""
    await pages.close(context, nothing)


def ask_whether(found: Survey) -> Message:
    """The question whether a survey is to be withdrawn."""
    yes = Button("survey.withdrawn_button", Action("survey.withdrawn", found.id))
    return Message(
        "survey.ask_withdraw", {"survey": found}, [[yes, Button("survey.keep_button", Action("survey.keep"))]]
    )


def say_closed(found: Survey) -> Text:
    """It takes no more votes."""
    return Text("survey.closed", {"survey": found})


def say_withdrawn(found: Survey) -> Text:
    """It is withdrawn."""
    return Text("survey.withdrawn", {"survey": found})


def say_nudged(nudged: Nudged) -> Text:
    """How many are reminded."""
    return Text("survey.nudged", {"count": nudged.reminded, "others": nudged.others})


async def hears(context: Context) -> bool:
    """Handle 提前截止, 撤回 or 提醒 in a reply to a survey's poll; whether it was that."""
    said = context.incoming.message
    answered = said.reply_to_message if said is not None and said.forward_origin is None else None
    order = ballot.order(context.text) if answered is not None and answered.poll is not None else None
    if answered is None or order is None:
        return False
    found = await context.read(lambda stores: stores.outbox.subject(context.actor.chat.id, answered.message_id))
    if found is None or found.kind != "survey":
        return False
    await _do(context, order, SurveyId(found.ids[0]))
    return True


async def _do(context: Context, order: Order, number: SurveyId) -> None:
    actor = await _acting(context, number)
    if order is Order.CLOSE:
        close = partial(survey.close_early, actor=actor, survey_id=number)
        await context.answer(close, lambda found: _sign(say_closed(found)))
    elif order is Order.WITHDRAW:
        withdraw = partial(survey.withdraw, actor=actor, survey_id=number)
        await context.answer(withdraw, lambda found: _sign(say_withdrawn(found)))
    else:
        nudge = partial(survey.nudge, actor=actor, survey_id=number)
        await context.answer(nudge, lambda nudged: _sign(say_nudged(nudged)))


def _sign(text: Text) -> Reaction:
    return Reaction(Message(text.text, text.values))


OWN = Permission.SEE_OWN
HANDLERS = (
    Command("surveys", show, NEEDS),
    PrivatePress("survey.close", press_close, OWN),
    PrivatePress("survey.nudge", press_nudge, OWN),
    PrivatePress("survey.withdraw", press_withdraw, OWN),
    PrivatePress("survey.withdrawn", press_withdrawn, OWN),
    PrivatePress("survey.keep", press_keep, OWN),
)
ENTRY = Entry("surveys", "survey", SHOWN, 22, frozenset({Audience.NOBODY}), help=Help(21, Section.IN_CHARGE))
