"""Refusals and errors become messages here and only here."""

from domain.messaging.message import Message, Text
from domain.refusal import Refusal
from handlers.context import Context


async def refuse(context: Context, refusal: Refusal) -> None:
    """Tell the sender why it was refused: as a reply, or as a notice for a pressed button."""
    await _tell(context, Text(refusal.text, refusal.values))


async def apologise(context: Context) -> None:
    """Tell the sender that something failed and was logged; this closes the update."""
    await _tell(context, Text("general.failed"))


async def _tell(context: Context, words: Text) -> None:
    if context.incoming.callback_query is not None:
        await context.run()
        context.show_notice(words, alert=True)
    else:
        await context.say(Message(words.text, words.values))
