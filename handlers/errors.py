"""Refusals and errors become messages here and only here."""

from functools import partial
from typing import TYPE_CHECKING

from domain.messaging.message import NOWHERE, Message, Text
from domain.people import helping
from domain.refusal import Refusal
from handlers.budget import TooManyPresses, TooMuch
from handlers.context import Context

if TYPE_CHECKING:
    from domain.stores import Stores


async def refuse(context: Context, refusal: Refusal) -> None:
    """Tell the sender why it was refused: as a reply, or as a notice for a pressed button."""
    words = Text(refusal.text, refusal.values)
    if refusal.helper is not None and context.has_sender:
        who = await context.read(partial(helping.names, actor=context.actor, by=refusal.helper))
        words = Text("general.ask", {"why": words, "who": who}) if who else words
    await _tell(context, words)


async def apologise(context: Context) -> None:
    """Tell the sender that something failed and was logged; this closes the update."""
    await _tell(context, Text("general.failed"))


async def _tell(context: Context, words: Text) -> None:
    if context.incoming.callback_query is not None:
        await context.run()
        context.show_notice(words, alert=True)
    else:
        await say_once(context, Message(words.text, words.values))


async def say_once(context: Context, message: Message) -> None:
    """Answer, unless the chat has just read the same."""
    limits, asker, read = context.services.limits, context.asker, context.label(message.text, **message.values)
    if asker is not None and limits.was_refused(asker, read):
        await context.run()
        return
    await context.say(message)
    if asker is not None:
        limits.refused(asker, read)


async def hold_off(context: Context) -> None:
    """Tell somebody that it is too much: by a notice for a press, else in private, where a group need not read it."""
    if context.incoming.callback_query is not None:
        await refuse(context, TooManyPresses())
        return

    def unit(stores: "Stores") -> None:
        private = context.actor.member.private
        thread = context.thread if private is None else NOWHERE
        message = Message(TooMuch.text)
        stores.outbox.send(private or context.actor.chat.id, message, key=context.key, thread=thread, urgent=True)

    await context.run(unit)
