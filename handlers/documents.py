"""Answers that are files: made outside the event loop, queued in the transaction of the use case."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from domain.messaging.message import Document, Message
from handlers.context import Context, nothing

if TYPE_CHECKING:
    from domain.report.features import Stores

T = TypeVar("T")


async def send(
    context: Context,
    document: Document,
    caption: Message,
    *,
    use_case: Callable[["Stores"], T] = nothing,  # type: ignore[assignment]  # then T is None
) -> None:
    """Run a use case and answer with a file, in one transaction that also closes the update."""

    def unit(stores: "Stores") -> None:
        use_case(stores)
        stores.outbox.send_document(context.actor.chat.id, document, caption, key=context.key, urgent=True)

    await context.run(unit)
