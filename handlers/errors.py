"""Refusals are said here, and only here: one line to the person who asked."""

from domain.messaging.message import Message, Text
from domain.refusal import Refusal
from handlers.context import Context


async def refuse(context: Context, refusal: Refusal) -> None:
    """Say what is wrong: under the message, or as a notice for a pressed button."""
    await _tell(context, Text(refusal.text, refusal.values))


async def apologise(context: Context) -> None:
    """Say that something failed and is noted; this closes the update."""
    await _tell(context, Text("general.failed"))


async def _tell(context: Context, words: Text) -> None:
    if context.incoming.callback_query is not None:
        await context.run()
        context.show_notice(words, alert=True)
    else:
        await context.say(Message(words.text, words.values))
