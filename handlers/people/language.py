"""The button that changes the language in which the bot writes to somebody."""

from functools import partial

from telegram import Update

from domain.messaging.chat import Chat
from domain.messaging.message import Action, Button, Buttons, Message
from domain.people import speaking
from domain.people.language import LANGUAGES
from handlers.command import Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature


def other(chat: Chat) -> Buttons:
    """A button that changes to the other language, labelled in that language."""
    turned = LANGUAGES[(LANGUAGES.index(chat.language) + 1) % len(LANGUAGES)]
    return [[Button("language.other_button", Action("language.choose", turned))]]


async def press_choose(_: Update, context: Context) -> None:
    """Button: use another language. Raises ButtonExpired for a language without texts."""
    chosen = context.pressed.having(1).word()
    if chosen not in LANGUAGES or context.actor.chat.is_group:
        raise ButtonExpired
    await context.answer(partial(speaking.choose, actor=context.actor, language=chosen), say_chosen)
    context.acknowledge()


def say_chosen(chat: Chat) -> Message:
    """The answer, in the chosen language."""
    return Message("language.chosen", buttons=other(chat))


FEATURE = Feature("language", handlers=(Press("language.choose", press_choose),))
