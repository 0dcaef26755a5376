"""The button that changes the language which the bot speaks with somebody."""

from telegram import Update

from domain.admin import setting as settings
from domain.admin.setting import Name, Scope, Where
from domain.messaging.chat import Chat
from domain.messaging.message import Action, Button, Buttons
from domain.people import language
from domain.stores import Stores
from handlers.command import Press
from handlers.context import ButtonExpired, Context
from handlers.feature import Feature


def other(chat: Chat) -> Buttons:
    """A button, in the other language, that changes to it."""
    turned = (language.LANGUAGES.index(chat.language) + 1) % len(language.LANGUAGES)
    return [[Button("language.other_button", Action("language.choose", turned))]]


async def press_choose(_: Update, context: Context) -> None:
    """Speak the chosen language with whoever pressed."""
    number = context.pressed()[0]
    if number >= len(language.LANGUAGES) or context.actor.chat.is_group:
        raise ButtonExpired
    chosen = language.LANGUAGES[number]

    def choose(stores: Stores) -> Chat:
        by = context.actor.member.id
        where, locale = Where(Scope.MEMBER, by), context.services.locale
        settings.change(stores, name=Name.LANGUAGE, where=where, words=chosen, by=by, locale=locale, at=context.now)
        return stores.chats.get(context.actor.chat.id)

    await context.answer("language.chosen", choose, buttons=other)
    context.acknowledge()


FEATURE = Feature(
    "language",
    handlers=(Press("language.choose", press_choose),),
)
