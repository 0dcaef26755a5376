"""Refusals are said here, and only here: one line to the person who asked."""

from domain.refusal import Refusal
from handlers.context import Context


async def refuse(context: Context, refusal: Refusal) -> None:
    """Say what is wrong: under the message, or as a notice for a pressed button."""
    if context.incoming.callback_query is not None:
        await context.run()
        context.show_notice(refusal.text, refusal.values, alert=True)
    else:
        await context.answer(refusal.text, lambda _: refusal.values)


async def apologise(context: Context) -> None:
    """Say that something failed and is noted; this closes the update."""
    if context.incoming.callback_query is not None:
        await context.run()
        context.show_notice("general.failed", {}, alert=True)
    else:
        await context.answer("general.failed")
