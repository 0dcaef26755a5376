"""Letters in private between those in charge of a suggestion and its author, who may be unknown to them."""

from functools import partial
from typing import TYPE_CHECKING

from telegram import Update

from domain.ids import SuggestionId
from domain.messaging.message import Message
from domain.people.permission import Permission
from domain.voice.naming import Naming
from domain.voice.suggestion import channel, letters
from handlers.action import ButtonExpired
from handlers.command import PrivatePress
from handlers.context import Context
from handlers.feature import Feature
from handlers.form import WORDS, Codec, Ending, Field, Fill, Filled, Form
from handlers.messaging import form

if TYPE_CHECKING:
    from domain.voice.features import Stores

ABOUT = "about"  # the suggestion's number, sealed: who answers as its unknown author must not be told by a draft


async def press_write(_: Update, context: Context) -> None:
    """Button: write about a suggestion. Raises Gone for others."""
    number = SuggestionId(context.pressed.numbers(1)[0])
    await context.read(partial(letters.correspondence, actor=context.actor, number=number))
    sealed = await context.read(lambda stores: stores.mailboxes.seal(str(number)) or str(number))
    await form.begin(context, FORM, {ABOUT: sealed})
    context.acknowledge()


def _ask(_: "Stores", __: Filled) -> Message:
    """The question for the letter; it does not tell about what."""
    return Message("suggestion_channel.ask_letter", {"most": letters.MAX_LETTER_CHARS})


async def _hear(context: Context) -> Fill:
    """Read the letter."""
    words = context.text
    return lambda _, filled: Filled(filled.draft.filled(**{TEXT.name: words}))


async def _done(context: Context, filled: Filled) -> Ending:
    """Send it."""
    actor, words = context.actor, filled[TEXT]
    sealed = filled.draft.values.get(ABOUT, "")

    def ending(stores: "Stores") -> Message | None:
        number = stores.mailboxes.unseal(sealed) or sealed
        if not number.isdecimal():
            raise ButtonExpired
        written = letters.write(stores, actor, number=SuggestionId(int(number)), text=words)
        message = Message("suggestion_channel.written", {"written": written})
        if written.by_author and written.suggestion.naming is Naming.ANONYMOUS:
            channel.conceal(stores, actor, filled.draft)
            channel.answer(stores, actor.chat.id, message)
            return None
        return message

    return ending


TEXT: Field[str] = Field("text", Codec(WORDS.keep, WORDS.load), "suggestion_channel.field_letter", _ask, _hear)
FORM = Form("letter", (TEXT,), Permission.TAKE_PART, _done)
FEATURE = Feature("letters", handlers=(PrivatePress("suggestion.write", press_write),), forms=(FORM,))
